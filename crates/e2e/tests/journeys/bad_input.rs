//! Input no well-behaved server, link or deployer gives: odd rows, hostile text, nonsense addresses, a broken
//! configuration. Each is told clearly and the rest works.

use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::{Outcome, Setup, Stage, View, play, role};

const ODD: &str = "/c/ecl-demo/operations?request_id=fault-odd-rows";
const HOSTILE: &str = "0dd0c0de-0000-4000-8000-000000000004";
const RIGHT_TO_LEFT: &str = "0dd0c0de-0000-4000-8000-000000000005";
const PUNCTUATED: &str = "odd/id?x=1#frag%2F 100% done";

/// Nothing of what the server sent became an element, ran, or changed an object of the page.
async fn nothing_injected(stage: &Stage) -> Outcome {
    const LOOK: &str = "
        const injected = [...document.querySelectorAll('main :is(script, iframe, marquee, img, object, embed, style, b, [onerror], [onload])')];
        const links = [...document.querySelectorAll('a[href]')].filter((a) => a.protocol !== location.protocol);
        return [...injected, ...links].map((one) => one.outerHTML.slice(0, 200)).concat({}.polluted ? ['prototype'] : []);";
    let found = stage.browser.script(LOOK, vec![]).await?;
    assert_eq!(found.as_array().map(Vec::len), Some(0), "{found}");
    Ok(())
}

#[test]
fn odd_rows_are_all_there_and_none_spoils_the_rest() -> Outcome {
    // Tall, so that all of them are on the page at once.
    let setup = Setup { view: View { height: 1600, ..View::WIDE }, ..Setup::default() };
    play("odd_rows", setup, async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(ODD).await?;
        let list = stage.list();
        let table = list.is("all 22 entries", |table| table.count == 23 && table.rows.len() == 22).await?;
        let said = browser.text(&role("main")).await?;
        assert!(said.contains("could not be read"), "{said}");
        for (head, text) in [
            ("Operation", "<script>alert(2)</script>"),
            ("Operation", "fw-good-01"),
            ("Operation", "Migrate"),
            ("Status", "HALF_DONE"),
            ("Status", "<marquee>COMPLETE</marquee>"),
            ("Received", "2026-13-45 99:99:99"),
        ] {
            assert!(
                table.row(&[(head, text)]).is_some(),
                "no row says {text}: {}",
                table.column(head).join(" | ")
            );
        }
        nothing_injected(stage).await?;
        // All of it can be sorted, searched and toggled.
        for head in ["Status", "Operation", "Appliance", "Tenant", "Received", "Duration"] {
            list.sort_by(head).await?;
            list.is(head, |table| table.order(head).is_some() && table.rows.len() == 22).await?;
        }
        let counts = list.counts().await?;
        assert_eq!(counts.values().sum::<usize>(), 2 * 22, "{counts:?}");
        list.query_more("migrate").await?;
        list.shows(1).await?;
        // An entry that could not be read still opens, with its raw text.
        list.remove_chip("with migrate").await?;
        list.shows(22).await?;
        let table = list.is("all of them", |table| table.rows.len() == 22).await?;
        let row = table.row(&[("ID", "entry 5 (unreadable)")]).expect("the fifth entry is only text");
        list.open(row).await?;
        stage.detail().loaded().await?;
        stage.detail().open_tab("Raw").await?;
        browser
            .text_is(&role("main"), "its text", |text| text.contains("a row that is only text"))
            .await
            .map(drop)
    })
}

#[test]
fn markup_and_reversed_text_are_text() -> Outcome {
    play("hostile_text", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.enter(&format!("{LIST}/{HOSTILE}")).await?;
        let detail = stage.detail();
        detail.loaded().await?;
        let said = detail.says().await?;
        for text in
            ["<script>alert(2)</script>", "<iframe srcdoc=", "<img src=x onerror=alert(8)>", "{{7*7}}"]
        {
            assert!(said.contains(text), "{text} is not shown:\n{said}");
        }
        browser
            .text_is(&role("tree").named("Request body"), "the hostile body", |text| {
                [
                    "<svg onload=alert(3)>",
                    "</script><script>alert(4)</script>",
                    "javascript:alert(5)",
                    "&lt;b&gt;",
                ]
                .iter()
                .all(|part| text.contains(part))
            })
            .await?;
        for tab in ["History", "Raw"] {
            detail.open_tab(tab).await?;
            nothing_injected(stage).await?;
        }

        stage.open(&format!("{LIST}/{RIGHT_TO_LEFT}")).await?;
        detail.loaded().await?;
        let body = browser.text(&role("tree").named("Request body")).await?;
        assert!(body.contains("حوار") || body.contains('\u{062c}'), "letters stay: {body}");
        // A mark that turns the text around must not stand bare, where it would turn what follows.
        const TURNED: &str = "
            const marks = /[\\u202a-\\u202e\\u2066-\\u2069]/;
            const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
            const found = [];
            while (walk.nextNode()) {
              const holder = walk.currentNode.parentElement;
              if (marks.test(walk.currentNode.data) && !getComputedStyle(holder).unicodeBidi.startsWith('isolate')) found.push(holder.outerHTML.slice(0, 160));
            }
            return found;";
        let turned = browser.script(TURNED, vec![]).await?;
        assert_eq!(turned.as_array().map(Vec::len), Some(0), "{turned}");
        nothing_injected(stage).await
    })
}

#[test]
fn an_id_of_punctuation_opens_by_click_by_link_and_after_reload() -> Outcome {
    play("punctuated_id", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(ODD).await?;
        let list = stage.list();
        list.query_more("100%").await?;
        let table = list.is("one row", |table| table.rows.len() == 1).await?;
        list.open(&table.rows[0]).await?;
        let path = format!("{LIST}/odd%2Fid%3Fx%3D1%23frag%252F%20100%25%20done");
        browser.address_fits(&path, |now| now.eq_ignore_ascii_case(&path)).await?;
        let detail = stage.detail();
        let right = async || -> Outcome {
            detail.loaded().await?;
            browser
                .text_is(&role("region").named("Operation detail"), "the id", |text| {
                    text.contains(PUNCTUATED)
                })
                .await?;
            browser
                .text_is(&role("tree").named("Request body"), "its body", |text| text.contains("os-restart"))
                .await?;
            let shown = site
                .requests()
                .into_iter()
                .rev()
                .find(|one| one.path.contains("/v1.0/operations/"))
                .expect("it was asked for");
            assert_eq!(
                (shown.path.rsplit('/').next(), shown.status),
                (Some("odd%2Fid%3Fx%3D1%23frag%252F%20100%25%20done"), Some(200)),
                "{shown:?}"
            );
            Ok(())
        };
        right().await?;
        stage.reload().await?;
        right().await?;
        stage.open(&path).await?;
        right().await?;
        detail.open_tab("Raw").await?;
        stage.reload().await?;
        detail.loaded().await?;
        browser
            .text_is(&role("tree").named("Raw answer"), "the row", |text| text.contains(PUNCTUATED))
            .await?;
        browser
            .address_fits("the same with its tab", |now| now.eq_ignore_ascii_case(&format!("{path}?tab=raw")))
            .await
            .map(drop)
    })
}

#[test]
fn nonsense_in_the_address_falls_back() -> Outcome {
    play("nonsense_address", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        let nonsense = "?state=done,,&sort=-nothing&cols=x,y&from=soon&to=never&latest=maybe&no_deleted=&status=&utm=1&%zz=%&tab=zzz&q=%";
        stage.enter(&format!("{LIST}{nonsense}")).await?;
        let list = stage.list();
        list.shown().await?;
        site.asked(&[]).await?;
        assert_eq!(browser.find(&role("textbox").named("Query")).await?.value, "%");
        list.query("").await?;
        list.shows(site.truth("").await?.len()).await?;
        let table = list.loaded().await?;
        assert_eq!(table.order("Received"), Some("descending"));
        stage.open(&format!("{LIST}/85aab8db-0000-nothing-here?tab=%F0%28")).await?;
        stage.provokes("status of 404");
        browser.says("alert", &["could not be read", "404"]).await?;
        for path in [
            "/c",
            "/nowhere/at/all",
            "/c/ecl-demo/nothing-of-that-kind",
            "/c/no-such-connection/operations",
            "/c/%ff/operations",
        ] {
            stage.open(path).await?;
            let heading = browser.find(&stage.heading()).await?;
            assert!(
                ["Not found", "No such connection", "Nothing of that kind"].contains(&heading.name.as_str()),
                "{path}: {}",
                heading.name
            );
            browser.find(&role("searchbox").named("Find an operation")).await?;
        }
        browser.click(&role("link").named("Go to Now")).await?;
        stage.headed("Now").await
    })
}

#[test]
fn a_broken_configuration_is_told_and_the_console_works() -> Outcome {
    let setup = Setup {
        config_json: Some("{ \"title\": \"Operations\", \"connections\": [ {{{".to_owned()),
        ..Setup::default()
    };
    play("broken_config", setup, async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.open("/").await?;
        let said =
            browser.text_is(&role("main"), "what is wrong", |text| text.contains("config.json")).await?;
        assert!(said.contains("cannot be used") || said.contains("could not be read"), "{said}");
        browser.click(&role("link").named("Add a connection")).await?;
        stage.headed("Add a connection").await?;
        stage.choose_api("NTT ECL VNA").await?;
        for (field, text) in [
            ("Name", "By hand"),
            ("Base URL", "/ecl/virtual-network-appliance"),
            ("Sign-in URL", "/ecl/keystone/v3"),
            ("Project ID", "13572f6f42a74d2b82f7099f78d0393a"),
        ] {
            browser.fill(&role("textbox").starting(field).inside(role("main")), text).await?;
        }
        browser.click(&role("button").named("Save connection")).await?;
        browser.address_is("/c/by-hand/settings").await?;
        browser.click(&stage.rail("By hand")).await?;
        stage.sign_in(Account { connection: "By hand", ..Account::ALL }).await?;
        stage.list().loaded().await?;
        site.asked(&[]).await
    })
}

#[test]
fn one_bad_connection_does_not_take_the_good_ones_along() -> Outcome {
    let config = r#"{ "title": "Operations, Tokyo", "unknown": [1], "connections": [
        { "id": "bad/id", "api": "ecl-vna", "base": "/ecl" },
        { "id": "other", "api": "no-such-api", "base": "/x" },
        42,
        { "id": "good", "name": "Good one", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance", "extra": {},
          "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "13572f6f42a74d2b82f7099f78d0393a" } } ] }"#;
    play(
        "partly_broken_config",
        Setup { config_json: Some(config.to_owned()), ..Setup::default() },
        async |stage| {
            let Stage { browser, .. } = stage;
            stage.open("/").await?;
            stage.headed("Now").await?;
            let said = browser
                .text_is(&role("main"), "what was left out", |text| text.contains("no-such-api"))
                .await?;
            assert!(said.contains("bad/id"), "{said}");
            browser.click(&stage.rail("Good one")).await?;
            browser.address_is("/c/good/operations").await?;
            stage.sign_in(Account { connection: "Good one", ..Account::ALL }).await?;
            stage.list().loaded().await?;
            assert!(browser.title().await?.contains("Operations, Tokyo"));
            Ok(())
        },
    )
}
