//! The query as text: in step with the chips and the address, split between server and loaded rows, with its mistakes
//! told, and with suggestions that are complete by keyboard.

use longrun_e2e::pages::{Detail, LIST, List};
use longrun_e2e::site::field;
use longrun_e2e::{Key, Outcome, Setup, Stage, play, role};
use serde_json::Value;

fn query_box() -> longrun_e2e::find::Find {
    role("textbox").named("Query")
}

async fn box_says(stage: &Stage, text: &str) -> Outcome {
    stage.browser.is_so(&query_box(), text, |node| node.value == text).await.map(drop)
}

fn is(row: &&Value, name: &str, value: &str) -> bool {
    field(row, name).eq_ignore_ascii_case(value)
}

#[test]
fn text_chips_and_address_are_one_query() -> Outcome {
    play("query_one", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        let asked = site.lists().len();

        // What is applied to the loaded rows applies with each letter, and asks nobody.
        browser.click(&query_box()).await?;
        browser.type_text("-kind:create state:failed").await?;
        let failed: Vec<&Value> = truth.iter().filter(|row| is(row, "status", "ERROR")).collect();
        let others = failed.iter().filter(|row| !is(row, "request_type", "Create")).count();
        assert!(others > 0 && others < failed.len());
        list.shows(others).await?;
        list.chips_are(&["Operation is not create"]).await?;
        browser.address_is(&format!("{LIST}?state=failed&q=-kind%3Acreate")).await?;
        assert_eq!(site.lists().len(), asked);

        // What the server filters goes to it when the text is done.
        browser.type_text(" status:ERROR").await?;
        assert_eq!(site.lists().len(), asked, "nothing is asked while it is typed");
        browser.press(Key::Enter).await?;
        site.asked(&[("status", "ERROR")]).await?;
        // The server compares exactly; some of its own words are written otherwise.
        let failed: Vec<&Value> = failed.into_iter().filter(|row| field(row, "status") == "ERROR").collect();
        let others = failed.iter().filter(|row| !is(row, "request_type", "Create")).count();
        list.shows(others).await?;
        list.chips_are(&["Status is ERROR", "Operation is not create"]).await?;
        browser.address_is(&format!("{LIST}?status=ERROR&state=failed&q=-kind%3Acreate")).await?;
        browser
            .text_is(&role("main"), "who filters", |text| {
                text.contains("The server filters by Status.") && text.contains("match states, Operation")
            })
            .await?;

        // A chip taken away, a step back, a step forward, a reload: the text follows.
        list.remove_chip("Operation is not create").await?;
        box_says(stage, "status:ERROR state:failed").await?;
        list.shows(failed.len()).await?;
        browser.back().await?;
        box_says(stage, "status:ERROR state:failed -kind:create").await?;
        list.shows(others).await?;
        stage.reload().await?;
        box_says(stage, "status:ERROR state:failed -kind:create").await?;
        list.shows(others).await?;

        // Pressing a chip leads to its place in the text.
        browser.click(&role("button").starting("Edit filter: Operation is not")).await?;
        browser.has_focus(&query_box()).await?;
        browser.type_text("kind:update").await?;
        let updates = failed.iter().filter(|row| is(row, "request_type", "Update")).count();
        list.shows(updates).await?;

        // Two values of what the server compares with one are compared here.
        list.query("status:ERROR,STUCK duration>1s").await?;
        browser.press(Key::Enter).await?;
        site.asked(&[]).await?;
        let table = list.is("failed and stuck", |table| !table.rows.is_empty()).await?;
        assert!(
            table.column("Status").iter().all(|cell| cell.starts_with("Failed") || cell.starts_with("Stuck"))
        );
        list.chips_are(&["Status is ERROR, STUCK", "Duration > 1s"]).await?;
        list.toggle_state("Failed").await?;
        box_says(stage, "state:failed status:ERROR,STUCK duration>1s").await?;
        browser.accessible("a list with a query").await
    })
}

#[test]
fn each_mistake_is_told_with_its_place_and_the_rest_applies() -> Outcome {
    play("query_mistakes", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        let failed = truth.iter().filter(|row| is(row, "status", "ERROR")).count();
        let wrong = r#"state:failed,done statsu:x kind>5 duration:10m ended>soon -latest:true target:a*b kind: body..x:y body.admin_password:hunter2 "open"#;
        list.query(wrong).await?;
        browser.press(Key::Enter).await?;
        let says = [
            "done is no state",
            "no key statsu. Near to it: state, status",
            "kind is a text",
            "duration is compared",
            "soon is no time",
            "Write latest:true",
            "beginning or the end",
            "kind has no value yet",
            "has no name",
            "What is masked",
            "not closed",
        ];
        for part in says {
            browser.says("alert", &[part]).await?;
        }
        browser.is_so(&query_box(), "invalid", |node| node.description.contains("statsu")).await?;
        let marked = browser
            .script(
                "return [...document.querySelectorAll('.query-wrong mark')].map((one) => one.textContent);",
                vec![],
            )
            .await?;
        for place in ["done", "statsu", "soon", "a*b"] {
            assert!(marked.as_array().is_some_and(|all| all.contains(&place.into())), "{place} of {marked}");
        }
        assert!(!browser.address().await?.contains("hunter2"), "what is masked stays out of the address");
        browser.accessible("a query of mistakes").await?;
        // The good rest of it applies; mended, nothing is said.
        list.query("state:failed statsu:x").await?;
        browser.press(Key::Enter).await?;
        browser.says("alert", &["no key statsu"]).await?;
        list.shows(failed).await?;
        stage.reload().await?;
        browser.says("alert", &["no key statsu"]).await?;
        box_says(stage, "state:failed statsu:x").await?;
        list.query("state:failed").await?;
        browser.press(Key::Enter).await?;
        browser.is_so(&query_box(), "valid", |node| node.description.is_empty()).await?;
        list.shows(failed).await?;

        // An address of another version: what is gone is told, the rest applies.
        stage.open(&format!("{LIST}?q=quota%20-create&cols=id,colour&sort=-weight&colour=red")).await?;
        for part in ["a column colour", "sorts by weight", "a filter colour"] {
            browser.says("alert", &[part]).await?;
        }
        box_says(stage, "quota -create").await?;
        list.loaded().await.map(drop)
    })
}

#[test]
fn suggestions_by_keyboard_keys_first_then_values_with_counts() -> Outcome {
    play("query_suggestions", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        let suggestions = role("listbox").named("Suggestions");
        browser.click(&query_box()).await?;
        browser.type_text("reque").await?;
        browser.find(&suggestions).await?;
        browser.find(&role("option").starting("request_id: Request ID").inside(suggestions.clone())).await?;
        browser.press(Key::Down).await?;
        browser.accessible("a list with suggestions").await?;
        browser.press(Key::Enter).await?;
        box_says(stage, "request_type:").await?;
        // Counted as they are written: the server compares exactly.
        let creates = truth.iter().filter(|row| field(row, "request_type") == "Create").count();
        browser.find(&role("option").named(format!("Create {creates}")).inside(suggestions.clone())).await?;
        browser.type_text("cr").await?;
        browser.press(Key::Down).await?;
        browser.press(Key::Tab).await?;
        box_says(stage, "request_type:Create ").await?;
        browser.has_focus(&query_box()).await?;
        // Escape closes the list and nothing else.
        browser.type_text("st").await?;
        browser.find(&suggestions).await?;
        browser.press(Key::Escape).await?;
        browser.gone(&suggestions).await?;
        browser.has_focus(&query_box()).await?;
        browser.press(Key::Down).await?;
        browser.press(Key::Enter).await?;
        box_says(stage, "request_type:Create state:").await?;
        // A press takes one, too.
        browser.click(&role("option").starting("failed").inside(suggestions.clone())).await?;
        box_says(stage, "request_type:Create state:failed ").await?;
        browser.press(Key::Enter).await?;
        site.asked(&[("request_type", "Create")]).await?;
        browser.is_so(&List::state("Failed"), "pressed", |node| node.is("pressed")).await.map(drop)
    })
}

#[test]
fn bodies_are_looked_into_without_keeping_anybody_waiting() -> Outcome {
    play("query_bodies", Setup { operations: 5_000, ..Setup::default() }, async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        let body = |row: &Value| {
            let body = &row["request_body"];
            body.as_str().map_or_else(|| body.clone(), |text| serde_json::from_str(text).unwrap_or_default())
        };
        let names = |row: &Value| -> Vec<String> {
            let body = body(row);
            let interfaces =
                body["virtual_network_appliance"]["interfaces"].as_object().cloned().unwrap_or_default();
            interfaces.values().filter_map(|one| Some(one["name"].as_str()?.to_owned())).collect()
        };
        let name = truth.iter().flat_map(names).next();
        let name = name.unwrap_or_else(|| panic!("a body with an interface, but {}", truth[0]));
        let wanted = truth.iter().filter(|row| names(row).contains(&name)).count();
        assert!(wanted < truth.len());
        list.query(&format!("body.virtual_network_appliance.interfaces.*.name:{name}")).await?;
        browser.press(Key::Enter).await?;
        list.shows(wanted).await?;
        list.chips_are(&[&format!("body.virtual_network_appliance.interfaces.*.name is {name}")]).await?;
        browser.text_is(&role("main"), "all were looked into", |text| !text.contains("Looked into")).await?;
        // A second term narrows what is known already.
        list.query(&format!("body.virtual_network_appliance.interfaces.*.name:{name} kind:Create")).await?;
        browser.press(Key::Enter).await?;
        let creates = truth
            .iter()
            .filter(|row| is(row, "request_type", "Create") && names(row).contains(&name))
            .count();
        list.shows(creates).await?;
        list.query(&format!("-body.virtual_network_appliance.interfaces.*.name:{name}")).await?;
        browser.press(Key::Enter).await?;
        list.shows(truth.len() - wanted).await?;
        // A secret is not found by its value.
        let secret = truth.iter().find_map(|row| {
            Some(
                body(row)["virtual_network_appliance"]["initial_config"]["admin_password"]
                    .as_str()?
                    .to_owned(),
            )
        });
        list.query(&format!("body:{}", secret.expect("a body with a password"))).await?;
        browser.press(Key::Enter).await?;
        list.shows(0).await.map(drop)
    })
}

#[test]
fn a_copied_link_stands_still_and_the_page_goes_on() -> Outcome {
    play("query_link", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        browser.allow_clipboard(&site.origin()).await?;
        stage.enter(&format!("{LIST}?from=-7d&q=ended%3Enow-2d")).await?;
        let list = stage.list();
        let table = list.loaded().await?;
        browser.click(&role("button").named("Copy link")).await?;
        browser.says("status", &["times that move with the clock stand still"]).await?;
        let copied = browser.script("return navigator.clipboard.readText();", vec![]).await?;
        let copied = copied.as_str().expect("a text").to_owned();
        assert!(!copied.contains("now-") && !copied.contains("from=-"), "{copied}");
        assert!(browser.address().await?.contains("from=-7d"), "the page's own address goes on moving");
        let path = copied.strip_prefix(&site.origin()).expect("a link to here");
        stage.open(path).await?;
        let again = list.loaded().await?;
        assert_eq!(again.links().first(), table.links().first());
        box_starts(stage, "created>=20").await
    })
}

async fn box_starts(stage: &Stage, text: &str) -> Outcome {
    stage.browser.is_so(&query_box(), text, |node| node.value.starts_with(text)).await.map(drop)
}

#[test]
fn a_cell_narrows_the_list_by_pointer_and_by_key() -> Outcome {
    play("query_cells", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        // By key, on the current row.
        browser.press('j').await?;
        browser.press('f').await?;
        let menu = role("menu").named("Filter by this");
        browser.find(&menu).await?;
        browser.accessible("a list with the menu of a row").await?;
        let kind = field(&truth[0], "request_type").to_owned();
        browser
            .click(&role("menuitem").starting(format!("Exclude this: Operation {kind}")).inside(menu.clone()))
            .await?;
        let without = truth.iter().filter(|row| !is(row, "request_type", &kind)).count();
        list.shows(without).await?;
        box_says(stage, &format!("-request_type:{kind}")).await?;
        // Escape gives the focus back where the keys go on.
        browser.press('j').await?;
        browser.press('f').await?;
        browser.find(&menu).await?;
        browser.press(Key::Escape).await?;
        browser.gone(&menu).await?;
        // By pointer: the button appears on the cell.
        let table = list.loaded().await?;
        let status = table.cell(&table.rows[0], "Status").expect("a status").to_owned();
        let state = status.split_whitespace().next().expect("a word").to_owned();
        browser
            .script_on(
                &role("table").named("Operations"),
                "arguments[0].querySelector('tbody .col-status').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));",
            )
            .await?;
        browser.click(&role("button").named("Filter by this")).await?;
        browser.click(&role("menuitem").starting("Only this: Status").inside(menu)).await?;
        browser
            .address_fits("the state", |now| now.contains(&format!("state={}", state.to_lowercase())))
            .await?;
        browser.is_so(&List::state(&state), "pressed", |node| node.is("pressed")).await?;
        // From there into an operation and back: the filter is still there.
        let table = list.loaded().await?;
        list.open(&table.rows[0]).await?;
        browser.find(&Detail::region()).await?;
        browser.back().await?;
        box_starts(stage, &format!("state:{}", state.to_lowercase())).await
    })
}
