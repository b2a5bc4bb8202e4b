//! What is applied to loaded rows: states, words, time, columns; and the tenant, which the server filters.

use longrun_e2e::pages::LIST;
use longrun_e2e::pages::List;
use longrun_e2e::site::field;
use longrun_e2e::{Outcome, Setup, Stage, play, role};

#[test]
fn states_words_and_time_filter_loaded_rows() -> Outcome {
    play("loaded_rows", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        stage.refresh_every("Off").await?;
        let before = site.lists().len();

        // Counts add up, and each toggle shows as many rows as it says.
        let counts = list.counts().await?;
        assert_eq!(counts["All"], truth.len(), "{counts:?}");
        assert_eq!(counts.values().sum::<usize>(), 2 * truth.len(), "{counts:?}");
        let failed = truth.iter().filter(|row| field(row, "status").eq_ignore_ascii_case("ERROR")).count();
        assert_eq!(counts["Failed"], failed);
        list.toggle_state("Failed").await?;
        list.shows(failed).await?;
        browser.is_so(&List::state("Failed"), "pressed", |node| node.is("pressed")).await?;
        browser.address_is(&format!("{LIST}?state=failed")).await?;
        let table = list.loaded().await?;
        assert!(table.column("Status").iter().all(|cell| cell.starts_with("Failed")), "{}", table.told());
        list.toggle_state("Stuck").await?;
        list.shows(failed + counts["Stuck"]).await?;
        list.toggle_state("All").await?;
        list.shows(truth.len()).await?;

        // Words, a phrase, a word that must not be there; counts follow.
        list.query("quota").await?;
        let quota = |row: &&serde_json::Value| row.to_string().to_lowercase().contains("quota");
        let with_quota = truth.iter().filter(quota).count();
        assert!(with_quota > 0);
        list.shows(with_quota).await?;
        assert_eq!(list.counts().await?["All"], with_quota);
        list.query("\"quota exceeded\" -create").await?;
        let without = truth.iter().filter(quota).filter(|row| field(row, "request_type") != "Create").count();
        list.shows(without).await?;
        browser.address_fits("with the words", |now| now.contains("q=")).await?;
        list.query("no such words anywhere").await?;
        browser.find(&role("heading").named("Nothing matches")).await?;
        browser.click(&role("button").named("Clear filters").first()).await?;
        list.shows(truth.len()).await?;

        // Time.
        browser.choose(&role("combobox").named("Time range"), "Last 24 h").await?;
        browser.address_is(&format!("{LIST}?from=-1d")).await?;
        let (day, _) = list.shown().await?;
        assert!(day > 0 && day < truth.len(), "{day} of {} within a day", truth.len());
        browser.choose(&role("combobox").named("Time range"), "Last 7 d").await?;
        let week = longrun_e2e::wait::eventually(async || {
            let (week, _) = list.shown().await?;
            if week > day { Ok(week) } else { Err(longrun_e2e::Failure::new("a week holds more than a day")) }
        });
        assert!(week.await? <= truth.len());
        stage.reload().await?;
        browser
            .is_so(&role("combobox").named("Time range"), "as before", |node| node.value == "Last 7 d")
            .await?;
        assert_eq!(site.lists().len(), before + 1, "only the reload asked the server");
        site.asked(&[]).await
    })
}

#[test]
fn tenant_and_columns_are_chosen_and_stay() -> Outcome {
    play("tenant_columns", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;

        let tenant = field(&truth[0], "tenant_id").to_owned();
        let picker = role("combobox").named("Tenant");
        browser.choose(&picker, &tenant).await?;
        site.asked(&[("tenant_id", &tenant)]).await?;
        let own = site.truth(&format!("tenant_id={tenant}")).await?;
        list.shows(own.len()).await?;
        // Other tenants stay on offer although no row names them now.
        browser.choose(&picker, "All tenants").await?;
        site.asked(&[]).await?;
        list.shows(truth.len()).await?;

        browser.click(&role("button").named("Columns")).await?;
        for column in ["Committed", "Request ID"] {
            browser.click(&role("checkbox").named(column)).await?;
        }
        browser.click(&role("checkbox").named("Tenant")).await?;
        browser.press(longrun_e2e::Key::Escape).await?;
        let has = |head: &'static str| {
            move |table: &longrun_e2e::pages::Table| {
                table.heads.iter().any(|known| known.text.starts_with(head))
            }
        };
        list.is("with Committed and Request ID, without Tenant", |table| {
            has("Committed")(table) && has("Request ID")(table) && !has("Tenant")(table)
        })
        .await?;
        let now = browser.address_fits("with the columns", |now| now.contains("cols=")).await?;
        stage.reload().await?;
        list.is("still so", |table| has("Committed")(table) && !has("Tenant")(table)).await?;
        browser.address_is(&now).await?;
        browser.click(&role("button").named("Columns")).await?;
        browser.click(&role("button").named("Default columns")).await?;
        list.is("as before", |table| !has("Committed")(table) && has("Tenant")(table)).await?;
        browser.address_is(LIST).await
    })
}
