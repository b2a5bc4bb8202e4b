//! Connections: add, test, edit, remove; read-only ones pinned to a tenant; signing out.

use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::{Failure, Find, Outcome, Setup, Stage, play, role};

const TOKENS: &str = "/ecl/keystone/v3/auth/tokens";

fn field(name: &'static str) -> Find {
    role("textbox").starting(name).inside(role("form").named("Connection"))
}

async fn results(stage: &Stage) -> Outcome<Vec<String>> {
    let items = stage.browser.all(&role("listitem").inside(role("list").named("Test results"))).await?;
    let mut texts = Vec::new();
    for item in &items {
        texts.push(stage.browser.element(item).await?.text().await?.replace('\n', " "));
    }
    Ok(texts)
}

async fn tests_as(stage: &Stage, wanted: &[&[&str]]) -> Outcome {
    stage.browser.click(&role("button").named("Test connection")).await?;
    longrun_e2e::wait::eventually(async || {
        let found = results(stage).await?;
        let fits = found.len() == wanted.len()
            && found.iter().zip(wanted).all(|(text, parts)| parts.iter().all(|part| text.contains(part)));
        if fits {
            Ok(())
        } else {
            Err(Failure::new(format!("the test was to find {wanted:?}; it found {found:?}")))
        }
    })
    .await
}

#[test]
fn a_connection_is_added_tested_edited_and_removed() -> Outcome {
    play("own_connection", Setup::default(), async |stage| {
        let Stage { browser, .. } = stage;
        stage.provokes("status of 401");
        stage.provokes("status of 404");
        stage.open(LIST).await?;
        browser.click(&stage.rail("Add connection")).await?;
        stage.headed("Add a connection").await?;
        browser.choose(&role("combobox").named("API"), "NTT ECL VNA").await?;
        // Nothing filled in: every problem is told at its field, and nothing is saved.
        browser.click(&role("button").named("Save connection")).await?;
        browser.is_so(&field("Name"), "marked as wrong", |node| node.is("invalid")).await?;
        browser
            .is_so(&field("Base URL"), "told what is wrong", |node| {
                node.description.contains("path such as /ecl")
            })
            .await?;
        browser.address_is("/c/new").await?;
        stage.choose_api("NTT ECL VNA").await?;
        browser.fill(&field("Name"), "Osaka by hand").await?;
        browser.fill(&field("Base URL"), "/ecl/nowhere").await?;
        browser.fill(&field("Sign-in URL"), "/ecl/keystone/v3").await?;
        browser.fill(&field("Project ID"), "13572f6f42a74d2b82f7099f78d0393a").await?;
        browser.click(&role("button").named("Save connection")).await?;
        browser.address_is("/c/osaka-by-hand/settings").await?;
        browser.says("status", &["Osaka by hand is kept in this browser"]).await?;
        stage.headed("Connection Osaka by hand").await?;
        tests_as(
            stage,
            &[
                &["Sign-in server", "Keystone answered"],
                &["Session", "Not signed in"],
                &["Operations", "404"],
            ],
        )
        .await?;

        // The base was wrong.
        browser.fill(&field("Base URL"), "/ecl/virtual-network-appliance").await?;
        browser.fill(&field("Name"), "Osaka").await?;
        browser.click(&role("button").named("Save connection")).await?;
        stage.headed("Connection Osaka").await?;
        tests_as(
            stage,
            &[&["Sign-in server", "Keystone answered"], &["Session"], &["Operations", "asks for a sign-in"]],
        )
        .await?;
        stage.sign_in(Account { connection: "Osaka", ..Account::ALL }).await?;
        tests_as(
            stage,
            &[&["Sign-in server"], &["Session", "signed in"], &["Operations", "The API answered in"]],
        )
        .await?;

        // It is still there after a reload, session included.
        stage.reload().await?;
        stage.headed("Connection Osaka").await?;
        browser.find(&role("button").named("Sign out")).await?;
        browser.click(&stage.rail("Osaka")).await?;
        stage.list().loaded().await?;

        // Removing asks first, and the safe answer has the focus.
        browser.back().await?;
        browser.click(&role("button").starting("Remove connection")).await?;
        let dialog = role("dialog").starting("Remove the connection Osaka");
        browser.find(&dialog).await?;
        browser.has_focus(&role("button").named("Keep it")).await?;
        browser.accessible("the question before a connection is removed").await?;
        browser.press(longrun_e2e::Key::Escape).await?;
        browser.gone(&dialog).await?;
        browser.find(&stage.rail("Osaka")).await?;
        browser.click(&role("button").starting("Remove connection")).await?;
        browser.click(&role("button").named("Remove 1 connection")).await?;
        browser.gone(&stage.rail("Osaka")).await?;
        browser.address_is("/").await?;
        stage.reload().await?;
        browser.find(&stage.rail("ECL demo")).await?;
        assert_eq!(browser.all(&stage.rail("Osaka")).await?.len(), 0);
        Ok(())
    })
}

#[test]
fn a_pinned_connection_never_asks_beyond_its_tenant() -> Outcome {
    play("pinned_tenant", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        const TENANT: &str = "9ae2b07c4d1e4f6a8b3c5d7e9f012345";
        stage.open("/c/ecl-tenant/operations").await?;
        stage.sign_in(Account::TENANT).await?;
        let list = stage.list();
        list.shows(site.truth(&format!("tenant_id={TENANT}")).await?.len()).await?;
        browser.find(&role("heading").named("Operations on ECL tenant Osaka")).await?;
        let bar = browser.text(&role("banner")).await?;
        assert!(
            bar.to_lowercase().contains("read-only") || bar.to_lowercase().contains("read only"),
            "{bar}"
        );
        list.add_filter("Status", "COMPLETE").await?;
        list.chips_are(&["Status is COMPLETE"]).await?;
        list.loaded().await?;
        stage.refresh().await?;
        // Even a link that names another tenant stays within.
        stage.open("/c/ecl-tenant/operations?tenant_id=13572f6f42a74d2b82f7099f78d0393a").await?;
        list.loaded().await?;
        let table = list.loaded().await?;
        list.open(&table.rows[0]).await?;
        stage.detail().open_tab("History").await?;
        browser.find(&role("table").named("History")).await?;
        for asked in site.lists() {
            let tenants: Vec<String> = longrun_e2e::site::parameters(asked.query.as_deref())
                .into_iter()
                .filter(|(name, _)| name == "tenant_id")
                .map(|(_, value)| value)
                .collect();
            assert_eq!(tenants, [TENANT], "{}", asked.target());
        }
        Ok(())
    })
}

#[test]
fn signing_out_ends_the_token_on_the_server() -> Outcome {
    play("sign_out", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.enter(LIST).await?;
        stage.list().loaded().await?;
        browser.click(&role("link").named("Connection").inside(role("navigation").named("Main"))).await?;
        stage.headed("Connection ECL demo").await?;
        let said = browser.text(&role("region").named("Session")).await?;
        assert!(said.contains("Signed in") && said.contains("The token ends at"), "{said}");
        browser.click(&role("button").named("Sign out")).await?;
        browser.find(&Account::ALL.form()).await?;
        longrun_e2e::wait::eventually(async || {
            let revoked =
                site.requests().into_iter().find(|one| one.method == "DELETE" && one.path == TOKENS);
            match revoked.and_then(|one| one.status) {
                Some(204) => Ok(()),
                other => Err(Failure::new(format!("the token was to be revoked; the server said {other:?}"))),
            }
        })
        .await?;
        const LEFT: &str = "return Object.keys(sessionStorage).concat(Object.keys(localStorage)).filter((key) => key.includes('session'));";
        assert_eq!(browser.script(LEFT, vec![]).await?.as_array().map(Vec::len), Some(0));
        let asked = site.lists().len();
        browser.click(&stage.rail("ECL demo")).await?;
        browser.find(&Account::ALL.form()).await?;
        assert_eq!(site.lists().len(), asked, "nothing is asked while signed out");
        Ok(())
    })
}

#[test]
fn a_pasted_token_signs_in() -> Outcome {
    play("pasted_token", Setup::default(), async |stage| {
        let Stage { site, browser, .. } = stage;
        stage.provokes("status of 401");
        stage.open(LIST).await?;
        browser.find(&Account::ALL.form()).await?;
        let fold = "const fold = [...document.querySelectorAll('summary')].find((one) => one.innerText.includes('Use a token instead')); return fold;";
        browser.driver().execute(fold, vec![]).await?.element()?.click().await?;
        browser.fill(&role("textbox").starting("Token").first(), "no-such-token").await?;
        browser.click(&role("button").named("Sign in with this token")).await?;
        // The server refuses it: the form is back, and says why.
        browser.find(&Account::ALL.form()).await?;
        longrun_e2e::wait::eventually(async || match site.lists().last().and_then(|one| one.status) {
            Some(401) => Ok(()),
            other => Err(Failure::new(format!("the token was to be tried: {other:?}"))),
        })
        .await?;
        browser.find(&Account::ALL.form()).await?;
        browser.driver().execute(fold, vec![]).await?.element()?.click().await?;
        browser.fill(&role("textbox").starting("Token").first(), longrun_demo::RECORDED_TOKEN).await?;
        browser.click(&role("button").named("Sign in with this token")).await?;
        stage.list().loaded().await?;
        // No token in the address, in the page or in lasting storage.
        const FOUND: &str = "const [token] = arguments; return [location.href, document.documentElement.outerHTML, JSON.stringify({ ...localStorage })].some((text) => text.includes(token));";
        assert_eq!(browser.script(FOUND, vec![longrun_demo::RECORDED_TOKEN.into()]).await?, false);
        Ok(())
    })
}
