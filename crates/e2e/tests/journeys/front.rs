//! Through a real nginx with the recipe of `deploy/nginx`: the same page, the same headers, the same answers.

use longrun_e2e::pages::{Account, LIST};
use longrun_e2e::site::OPERATIONS;
use longrun_e2e::{Outcome, Setup, Stage, play, role};

/// What decides whether the page works, whom it may call and how long it is kept.
const HEADERS: [&str; 8] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "cache-control",
];

fn setup() -> Setup {
    Setup { nginx: true, ..Setup::default() }
}

/// The names of the files that the page asks for.
fn files(page: &str) -> Vec<&str> {
    let quoted = page.split('"').filter(|text| text.starts_with('/') && text.contains('.'));
    quoted.filter(|text| !text.contains(' ')).collect()
}

#[test]
fn files_carry_the_headers_they_carry_from_the_demo() -> Outcome {
    let mut direct = Vec::new();
    let mut paths = vec!["/".to_owned(), LIST.to_owned(), format!("{LIST}/an.id.js")];
    play("front_headers_direct", Setup::default(), async |stage| {
        let page = stage.site.in_front("/", &[]).await?;
        let found = files(&page.body);
        assert!(found.iter().any(|file| file.ends_with(".wasm")) && found.len() >= 4, "{found:?}");
        paths.extend(found.into_iter().map(str::to_owned));
        for path in &paths {
            direct.push(stage.site.in_front(path, &[]).await?);
        }
        Ok(())
    })?;
    play("front_headers", setup(), async |stage| {
        for (path, direct) in paths.iter().zip(&direct) {
            let behind = stage.site.in_front(path, &[]).await?;
            assert_eq!((behind.status, direct.status), (200, 200), "{path}");
            assert_eq!(behind.body.len(), direct.body.len(), "{path}");
            for header in HEADERS {
                assert_eq!(behind.header(header), direct.header(header), "{header} of {path}");
            }
            let kind = |answer: &longrun_e2e::site::Answer| {
                answer
                    .header("content-type")
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .replace("application/", "text/")
            };
            assert_eq!(kind(&behind), kind(direct), "{path}");
        }
        let small = stage.site.in_front("/", &[("accept-encoding", "gzip")]).await?;
        assert_eq!(small.header("content-encoding"), "gzip");
        assert_eq!(stage.site.in_front("/missing.js", &[]).await?.status, 404, "a script is never the page");
        Ok(())
    })
}

#[test]
fn api_answers_pass_unchanged_and_are_not_kept() -> Outcome {
    play("front_api", setup(), async |stage| {
        let Stage { site, .. } = stage;
        let token = ("x-auth-token", longrun_e2e::site::TOKEN);
        let behind = site.in_front(OPERATIONS, &[token]).await?;
        let direct = site.aside("GET", OPERATIONS, &[token], "").await?;
        assert_eq!((behind.status, direct.status), (200, 200));
        assert_eq!(behind.body, direct.body);
        assert_eq!(behind.header("cache-control"), "no-store");
        assert_eq!(behind.header("content-security-policy"), "", "the page's headers are not the API's");
        // An id arrives as it was written: its slash stays encoded, its ending makes it no file.
        let asked = format!("{OPERATIONS}/a%2Fb%20c%3Fd.js?x=1%262");
        assert_eq!(site.in_front(&asked, &[token]).await?.status, 404);
        let arrived: Vec<String> = site.demo.requests().iter().map(|request| request.target()).collect();
        assert!(arrived.contains(&asked), "{arrived:?}");
        // No cookie of another page on this host reaches an API.
        site.in_front(OPERATIONS, &[token, ("cookie", "session=1")]).await?;
        assert!(site.demo.requests().iter().all(|request| request.header("cookie").is_none()));
        Ok(())
    })
}

#[test]
fn ecl_through_nginx() -> Outcome {
    play("front_ecl", setup(), async |stage| {
        stage.enter(LIST).await?;
        let list = stage.list();
        let table = list.loaded().await?;
        list.open(&table.rows[0]).await?;
        stage.detail().loaded().await?;
        let link = stage.browser.address().await?;
        stage.reload().await?;
        stage.detail().loaded().await?;
        stage.browser.address_is(&link).await?;
        stage.open("/c/ecl-demo/settings").await?;
        stage.browser.click(&role("button").named("Sign out")).await?;
        stage.browser.find(&Account::ALL.form()).await?;
        Ok(())
    })
}
