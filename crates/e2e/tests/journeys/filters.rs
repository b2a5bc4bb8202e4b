//! The nine filters of the server: through the form or the bar, as chips, in the request, in the rows, in the address.

use longrun_e2e::pages::LIST;
use longrun_e2e::site::field;
use longrun_e2e::{Outcome, Setup, Stage, play, role};

/// Each filter in turn: the request carries exactly it, the rows are exactly the server's.
#[test]
fn nine_filters_reach_the_server_one_by_one() -> Outcome {
    play("nine_filters", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        let one =
            truth.iter().find(|row| !field(row, "request_id").is_empty()).expect("a row with a request id");
        let filters = [
            ("status", "Status", "ERROR"),
            ("request_type", "Request type", "Create"),
            ("tenant_id", "Tenant", "9ae2b07c4d1e4f6a8b3c5d7e9f012345"),
            ("resource_id", "Appliance", field(one, "resource_id")),
            ("resource_type", "Resource type", "ECL::VirtualNetworkAppliance::VSRX"),
            ("id", "Operation ID", field(one, "id")),
            ("request_id", "Request ID", field(one, "request_id")),
        ];
        for (param, label, value) in filters {
            list.add_filter(label, value).await?;
            site.asked(&[(param, value)]).await?;
            let chip = format!("{label} is {value}");
            list.chips_are(&[&chip]).await?;
            let wanted = site.truth(&format!("{param}={value}")).await?;
            assert!(
                !wanted.is_empty() && (wanted.len() < truth.len() || param == "resource_type"),
                "{param} filters"
            );
            list.shows(wanted.len()).await?;
            let table = list.loaded().await?;
            assert!(table.rows[0].href.ends_with(field(&wanted[0], "id")), "{param}: {}", table.told());
            let now = browser.address().await?;
            assert_eq!(
                longrun_e2e::site::parameters(now.split_once('?').map(|(_, query)| query)),
                [(param.to_owned(), value.to_owned())]
            );
            list.remove_chip(&chip).await?;
            browser.address_is(LIST).await?;
            list.shows(truth.len()).await?;
        }
        for (param, label) in [("latest", "Latest only"), ("no_deleted", "Hide deleted")] {
            let toggle = role("button").named(label);
            browser.click(&toggle).await?;
            site.asked(&[(param, "true")]).await?;
            browser.is_so(&toggle, "pressed", |node| node.is("pressed")).await?;
            let wanted = site.truth(&format!("{param}=true")).await?;
            assert!(wanted.len() < truth.len(), "{param} filters");
            list.shows(wanted.len()).await?;
            list.chips_are(&[&format!("{label} is on")]).await?;
            browser.click(&toggle).await?;
            site.asked(&[]).await?;
            list.shows(truth.len()).await?;
        }
        Ok(())
    })
}

/// Several at once are combined, a repeatable one repeats, "Clear filters" takes all away, and the address tells it all.
#[test]
fn filters_combine_repeat_and_clear() -> Outcome {
    play("filters_combine", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = site.truth("").await?;
        list.shows(truth.len()).await?;
        let first = field(&truth[0], "resource_id").to_owned();
        let second = truth
            .iter()
            .map(|row| field(row, "resource_id"))
            .find(|id| *id != first)
            .expect("another")
            .to_owned();
        list.add_filter("Appliance", &first).await?;
        site.asked(&[("resource_id", &first)]).await?;
        list.add_filter("Appliance", &second).await?;
        site.asked(&[("resource_id", &first), ("resource_id", &second)]).await?;
        let both = site.truth(&format!("resource_id={first}&resource_id={second}")).await?;
        list.shows(both.len()).await?;
        browser.click(&role("button").named("Latest only")).await?;
        site.asked(&[("resource_id", &first), ("resource_id", &second), ("latest", "true")]).await?;
        list.shows(2).await?;
        browser.address_is(&format!("{LIST}?resource_id={first}&resource_id={second}&latest=true")).await?;

        // Back takes one step each, forward again.
        browser.back().await?;
        list.shows(both.len()).await?;
        browser.back().await?;
        list.chips_are(&[&format!("Appliance is {first}")]).await?;
        browser.forward().await?;
        list.chips_are(&[&format!("Appliance is {first}"), &format!("Appliance is {second}")]).await?;
        browser.click(&role("button").named("Clear filters")).await?;
        list.chips_are(&[]).await?;
        browser.address_is(LIST).await?;
        list.shows(truth.len()).await?;

        // A value with everything in it arrives as typed.
        let odd = "50% & \"a\"=+#?/ü";
        list.add_filter("Request ID", odd).await?;
        site.asked(&[("request_id", odd)]).await?;
        browser.find(&role("heading").named("Nothing matches")).await?;
        stage.reload().await?;
        list.chips_are(&[&format!("Request ID is {odd}")]).await?;
        site.asked(&[("request_id", odd)]).await
    })
}
