//! Texts in another language: all of them in a made-up one, the main path in Japanese, and a file that cannot be read.

use longrun_e2e::pages::LIST;
use longrun_e2e::wait::eventually;
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, View, play, role};
use serde_json::{Value, json};

const MARKED: &str = include_str!("../../src/scripts/marked.js");
const UNMARKED: &str = include_str!("../../src/scripts/unmarked.js");

/// Words that stand on the screen in every language: the console's name, units, zones, formats, words of APIs that no
/// answer holds, what must be typed before the worst, names of languages and of those who sign in.
const KNOWN: &[&str] = &[
    "Longrun",
    "English",
    "日本語",
    "KB",
    "MB",
    "GB",
    "GiB",
    "JST",
    "UTC",
    "GMT",
    "ISO",
    "delete",
    "ID",
    "API",
    "URL",
    "Ctrl",
    "APIKEY",
    "operator",
    "example",
    "com",
    "req",
];

/// Signs in where nobody is, whatever the form is called.
const SIGN_IN: &str = "
    const [name, secret] = arguments;
    const inputs = [...document.querySelectorAll('.sign-in form')][0]?.querySelectorAll('input') ?? [];
    if (!inputs.length) return document.querySelector('.sign-in') === null && document.querySelector('main h1') !== null;
    const values = inputs.length === 1 ? [secret] : [name, secret];
    inputs.forEach((input, at) => {
        input.value = values[at];
        input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    inputs[0].form.requestSubmit();
    return false;";

async fn signed_in(stage: &Stage, path: &str, name: &str, secret: &str) -> Outcome {
    stage.open(path).await?;
    eventually(async || {
        let done = stage.browser.script(SIGN_IN, vec![json!(name), json!(secret)]).await?;
        if done == Value::Bool(true) {
            Ok(())
        } else {
            Err(Failure::new(format!("{path} asks for a sign-in")))
        }
    })
    .await
}

/// Looks at a page and at what opens on it.
async fn look(stage: &Stage, place: &str, found: &mut Vec<String>) -> Outcome {
    let ready = "return document.querySelector('main h1, main h2') !== null && !document.querySelector('[aria-busy=true]');";
    eventually(async || match stage.browser.script(ready, vec![]).await? {
        Value::Bool(true) => Ok(()),
        _ => Err(Failure::new(format!("{place} was not drawn"))),
    })
    .await?;
    let script = format!("return (async function () {{ {UNMARKED} }}).apply(null, arguments);");
    let odd = stage.browser.script(&script, vec![json!(KNOWN)]).await?;
    let odd = odd.as_array().map(Vec::as_slice).unwrap_or_default();
    found.extend(odd.iter().filter_map(Value::as_str).map(|odd| format!("{place}: {odd}")));
    Ok(())
}

async fn walk(stage: &Stage, account: [&str; 2], paths: &[&str]) -> Outcome {
    let mut found = Vec::new();
    // One of Google's places is out of reach now and then.
    stage.provokes("status of 503");
    stage.browser.before_every_page(MARKED).await?;
    let [first, ..] = paths else { return Ok(()) };
    stage.open(first).await?;
    look(stage, "sign-in", &mut found).await?;
    for path in paths {
        signed_in(stage, path, account[0], account[1]).await?;
        look(stage, path, &mut found).await?;
        // The first operation of a list, with everything that can be done to it.
        const FIRST: &str =
            "return document.querySelector('tbody a[href^=\"/c/\"]')?.getAttribute('href') ?? '';";
        let first = stage.browser.script(FIRST, vec![]).await?;
        if let Some(first) = first.as_str().filter(|first| !first.is_empty() && !path.contains('?')) {
            stage.open(first).await?;
            look(stage, first, &mut found).await?;
        }
    }
    verdict(found)
}

fn verdict(mut found: Vec<String>) -> Outcome {
    found.sort();
    found.dedup();
    if found.is_empty() {
        return Ok(());
    }
    let told = found.join("\n  ");
    Err(Failure::new(format!("texts that no language but English can say:\n  {told}")))
}

#[test]
fn every_text_of_ecl_and_of_the_shell_can_be_said_in_another_language() -> Outcome {
    play(
        "marked_ecl",
        Setup { view: View { width: 1700, ..View::WIDE }, ..Setup::default() },
        async |stage| {
            let paths = [
                LIST,
                "/c/ecl-demo/operations?status=ERROR&latest=true&q=nothing-has-this",
                "/c/ecl-demo/operations?request_id=fault-odd-rows",
                "/c/ecl-demo/operations/0dd0c0de-0000-4000-8000-000000000008",
                "/c/ecl-demo/settings",
                "/c/new",
                "/settings",
                "/help",
                "/nowhere",
                "/",
                "/all",
                "/watch",
                "/c/ecl-demo/failures",
                "/c/no-such/operations",
                "/c/ecl-demo/no-such",
            ];
            walk(stage, ["APIKEY", "APISECRET"], &paths).await
        },
    )
}

#[test]
fn every_text_of_cloudify_can_be_said_in_another_language() -> Outcome {
    play(
        "marked_cloudify",
        Setup { view: View { width: 1700, ..View::WIDE }, ..Setup::default() },
        async |stage| {
            let paths = [
                "/c/cloudify/executions",
                "/c/cloudify/groups",
                "/c/cloudify/executions/new",
                "/c/cloudify/executions/cleanup",
                "/c/cloudify/settings",
                "/c/cloudify-ops/operations",
            ];
            walk(stage, ["admin", "admin"], &paths).await
        },
    )
}

#[test]
fn every_text_of_the_others_can_be_said_in_another_language() -> Outcome {
    play(
        "marked_others",
        Setup { view: View { width: 1700, ..View::WIDE }, ..Setup::default() },
        async |stage| {
            walk(stage, ["operator@example.com", "operator"], &["/c/xiq/operations", "/c/xiq/settings"])
                .await?;
            walk(stage, ["", "ya29.demo"], &["/c/google/operations", "/c/google/settings"]).await
        },
    )
}

#[test]
fn the_main_path_in_japanese() -> Outcome {
    play("japanese", Setup::default(), async |stage| {
        let browser = &stage.browser;
        stage.open("/settings").await?;
        browser.click(&role("radio").named("日本語").inside(role("main"))).await?;
        // The page was loaded anew.
        stage.headed("設定").await?;
        let lang = browser.script("return document.documentElement.lang;", vec![]).await?;
        assert_eq!(lang, json!("ja"));
        stage.open(LIST).await?;
        stage.headed("操作 - ECL demo").await?;
        browser.fill(&role("textbox").named("API キー"), "APIKEY").await?;
        browser.fill(&role("textbox").named("API シークレットキー"), "APISECRET").await?;
        browser.click(&role("button").named("サインイン")).await?;
        browser.find(&role("table").named("操作")).await?;
        browser.accessible("the list in Japanese").await?;
        browser.click(&role("button").starting("失敗")).await?;
        browser.press('j').await?;
        browser.press(Key::Enter).await?;
        browser.find(&role("region").named("操作の詳細")).await?;
        browser.find(&role("tab").named("リクエスト本文")).await?;
        browser.press('?').await?;
        browser.find(&role("dialog").named("キー操作とヘルプ")).await?;
        browser.press(Key::Escape).await?;
        browser.accessible("an operation in Japanese").await?;
        // Back to English.
        stage.open("/settings").await?;
        browser.click(&role("radio").named("English").inside(role("main"))).await?;
        stage.headed("Settings").await
    })
}

#[test]
fn a_file_that_cannot_be_read_leaves_english() -> Outcome {
    play("language_broken", Setup::default(), async |stage| {
        let broken = "
            try { localStorage.setItem('longrun.lang', 'ja'); } catch {}
            const fetched = fetch;
            globalThis.fetch = (...args) =>
                String(args[0]?.url ?? args[0]).endsWith('/lang/ja.json')
                    ? Promise.resolve(new Response('<!doctype html>', { status: 200 }))
                    : fetched(...args);";
        stage.browser.before_every_page(broken).await?;
        stage.open(LIST).await?;
        stage.headed("Operations on ECL demo").await?;
        stage.browser.says("alert", &["The chosen language could not be read", "lang/ja.json"]).await?;
        let lang = stage.browser.script("return document.documentElement.lang;", vec![]).await?;
        assert_eq!(lang, json!("en"));
        Ok(())
    })
}
