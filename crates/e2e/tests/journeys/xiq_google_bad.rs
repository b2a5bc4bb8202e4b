//! Bad answers of ExtremeCloud IQ and Google: each is told clearly, the last good data stays, and text stays text.

use longrun_e2e::pages::google::{GOOGLE, page_of};
use longrun_e2e::pages::{Detail, xiq::XIQ};
use longrun_e2e::{Failure, Outcome, Setup, Stage, play, role};

/// A fault, what the page must say of it, and what the browser's console says by itself.
struct Case(&'static str, &'static [&'static str], Option<&'static str>);

const CASES: [Case; 5] = [
    Case("429", &["429"], Some("status of 429")),
    Case("429-bare", &["429"], Some("status of 429")),
    Case("html", &["502"], Some("status of 502")),
    Case("500", &["500"], Some("status of 500")),
    Case("not-json", &["The answer could not be read"], None),
];

/// Orders each fault for a page that shows good data, and sees that it stays.
async fn stays(stage: &Stage, rows: usize) -> Outcome {
    let Stage { site, browser, .. } = stage;
    stage.refresh_every("1 min").await?;
    for Case(fault, says, console) in CASES {
        console.iter().for_each(|part| stage.provokes(part));
        site.demo.fail_next(fault, 50);
        stage.refresh().await?;
        let parts: Vec<&str> = ["Showing data from ", " old."].iter().chain(says).copied().collect();
        browser.says("alert", &parts).await.map_err(|failure| failure.during(fault))?;
        stage.list().shows(rows).await?;
        site.demo.stop_failing();
        browser.click(&role("button").named("Try now")).await?;
        browser.gone(&role("button").named("Try now")).await?;
    }
    stage.list().shows(rows).await.map(drop)
}

/// Opens an operation whose reading fails, and sees why.
async fn refuses(stage: &Stage, path: &str, says: &[&str]) -> Outcome {
    stage.open(path).await?;
    let parts: Vec<&str> = ["could not be read"].iter().chain(says).copied().collect();
    stage.browser.says("alert", &parts).await.map(drop)
}

/// Nothing of what the server sent became an element, a link or a script.
async fn nothing_injected(stage: &Stage) -> Outcome {
    const LOOK: &str = "
        const injected = [...document.querySelectorAll('main :is(script, iframe, marquee, img, object, embed, style, b, [onerror], [onload])')];
        const links = [...document.querySelectorAll('a[href]')].filter((a) => a.protocol !== location.protocol);
        return [...injected, ...links].map((one) => one.outerHTML.slice(0, 200)).concat({}.polluted ? ['prototype'] : []);";
    let found = stage.browser.script(LOOK, vec![]).await?;
    assert_eq!(found.as_array().map(Vec::len), Some(0), "{found}");
    Ok(())
}

/// A result of five megabytes is not unfolded unasked, and opens on demand.
async fn five_megabytes(stage: &Stage) -> Outcome {
    stage.detail().loaded().await?;
    stage.detail().open_tab("Response").await?;
    let browser = &stage.browser;
    browser.find(&role("button").starting("Open as a tree")).await?;
    let says = stage.detail().says().await?;
    assert!(says.contains("MB") && says.len() < 200_000, "{} characters are on the page", says.len());
    browser.click(&role("button").starting("Open as a tree")).await?;
    let patience = std::time::Duration::from_secs(20);
    longrun_e2e::wait::within(patience, async || browser.one(&role("tree").named("Response")).await)
        .await
        .map(drop)
}

#[test]
fn xiq_answers_badly() -> Outcome {
    play("xiq_bad", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        let (xiq, list) = (stage.xiq(), stage.list());
        xiq.enter(XIQ).await?;
        const ODD: [&str; 12] = [
            "odd-unknown-status",
            "odd-null-status",
            "odd-nulls",
            "odd-only-id",
            "odd-no-metadata",
            "odd-wrong-types",
            "odd-at-odds",
            "odd-dates",
            "odd-markup",
            "odd-direction",
            "odd/id?x=1#frag%2F 100% done",
            "op-running",
        ];
        for (at, id) in ODD.into_iter().enumerate() {
            xiq.add(id, "").await?;
            list.shows(at + 1).await.map_err(|failure| failure.during(id))?;
        }
        list.row(&[("ID", "op-running"), ("Status", "Running")]).await?;
        list.row(&[("ID", "odd-unknown-status"), ("Status", "PAUSED")]).await?;
        list.row(&[("ID", "odd-at-odds"), ("Progress", "100 %"), ("Expires in", "expired")]).await?;
        nothing_injected(stage).await?;
        stays(stage, ODD.len()).await?;
        let row = list.row(&[("ID", "odd-markup")]).await?;
        list.open(&row).await?;
        stage.detail().loaded().await?;
        for tab in ["Response", "Error", "Raw"] {
            stage.detail().open_tab(tab).await?;
            nothing_injected(stage).await?;
        }
        // Answers that are no operation are told, each in its way.
        stage.provokes("status of 400");
        for (id, says) in [
            ("fault-html", &["502"][..]),
            ("fault-500", &["500"]),
            ("odd-null", &["The answer could not be read"]),
            ("odd-list", &["The answer could not be read"]),
            ("odd-bare-error", &["400"]),
        ] {
            refuses(stage, &format!("{XIQ}/{id}"), says).await.map_err(|failure| failure.during(id))?;
        }
        stage.open(&format!("{XIQ}/fault-5mb")).await?;
        five_megabytes(stage).await?;
        browser.find(&Detail::tab("Response")).await.map(drop)
    })
}

#[test]
fn google_answers_badly() -> Outcome {
    play("google_bad", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        let list = stage.list();
        stage.google().enter(GOOGLE).await?;
        list.shows(50).await?;
        stays(stage, 50).await?;
        // The server's own words. How long it wants one to wait stands in them, header or not.
        for fault in ["429", "429-bare"] {
            stage.site.demo.fail_next(fault, 50);
            stage.refresh().await?;
            browser.click(&role("button").named("Show the answer")).await?;
            let dialog = role("dialog").named("What the server answered");
            let says = browser.text(&dialog).await?;
            assert!(
                says.contains("Asked to wait\n7 s") && says.contains("Read requests per minute"),
                "{says}"
            );
            browser.press(longrun_e2e::Key::Escape).await?;
            browser.gone(&dialog).await?;
            stage.site.demo.stop_failing();
            browser.click(&role("button").named("Try now")).await?;
            browser.gone(&role("button").named("Try now")).await?;
        }
        stage.open("/c/google/operations?location=fault-odd-rows").await?;
        let table = list.loaded().await?;
        assert_eq!(table.count, 25, "{}", table.told());
        assert!(browser.text(&role("main")).await?.contains("could not be read"));
        nothing_injected(stage).await?;
        list.query_more("alert(2)").await?;
        list.shows(1).await?;
        let table = list.is("the hostile one", |table| table.rows.len() == 1).await?;
        list.open(&table.rows[0]).await?;
        stage.detail().loaded().await?;
        for tab in ["Metadata", "Error", "Raw"] {
            stage.detail().open_tab(tab).await?;
            nothing_injected(stage).await?;
        }
        for (id, says) in [("fault-html", &["502"]), ("fault-500", &["500"])] {
            refuses(stage, &page_of(id), says).await.map_err(|failure| failure.during(id))?;
        }
        stage.open(&page_of("fault-5mb")).await?;
        five_megabytes(stage).await.map_err(|failure: Failure| failure.during("5 MB"))
    })
}
