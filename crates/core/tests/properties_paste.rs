//! Whatever is pasted: reading it never panics, and no secret that stands in it comes out.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use longrun_core::dialect::{ALL, Pasted};
use longrun_core::view::config::{Config, Connection};
use longrun_core::view::omnibox::{Here, destinations, everywhere, page};
use proptest::prelude::*;

fn conns() -> Vec<Connection> {
    let one = |dialect: &&'static dyn longrun_core::dialect::Dialect| {
        let kind = if matches!(dialect.id(), "xiq" | "google-lro") { "bearer" } else { "token-header" };
        format!(
            r#"{{"id":"{0}","name":"{0}","api":"{0}","base":"/{0}","sign_in":{{"kind":"{kind}"}}}}"#,
            dialect.id()
        )
    };
    let all: Vec<String> = ALL.iter().map(one).collect();
    Config::parse(&format!(r#"{{"connections":[{}]}}"#, all.join(","))).connections
}

/// Everything that comes of a text, in one.
fn all_of(text: &str, conns: &[Connection]) -> String {
    let pasted = Pasted::read(text);
    let here = Here { origin: "https://ops.example", base: "", conn: None };
    let page = page(&pasted, here, conns, &|_| true);
    format!(
        "{pasted:?} {} {page:?} {:?} {:?}",
        pasted.shown(),
        destinations(&pasted, conns, here),
        everywhere(&pasted, conns)
    )
}

/// Pieces of which lines, addresses and bodies are made, and odd ones.
fn pieces() -> impl Strategy<Value = String> {
    let words = [
        "curl ",
        "'",
        "\"",
        "\\",
        "\\\n",
        "$'",
        "^",
        "-H ",
        "--url ",
        "-d",
        "https://",
        "HTTP://",
        "a.example",
        "/c/",
        "xiq",
        "/v1.0/operations",
        "/api/v3.1/executions/",
        "projects/p/locations/l/operations/",
        "?",
        "&",
        "=",
        "#",
        "id",
        "%",
        "%2F",
        "%ff",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"id\":",
        "\"operation\":{",
        "null",
        "Location: ",
        "\r\n",
        " ",
        "🎉",
        "\u{0}",
        "@",
        "..",
        "5f0c1e77-0000-4000-8000-000000000001",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..24).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_that_is_pasted_breaks_anything(odd in any::<String>(), made in pieces()) {
        let conns = conns();
        for text in [odd, made] {
            all_of(&text, &conns);
            for dialect in ALL {
                let id = dialect.recognise(&text);
                prop_assert!(id.is_none_or(|id| !id.trim().is_empty()), "{} {text}", dialect.id());
            }
        }
    }

    #[test]
    fn no_token_of_a_curl_line_comes_out(
        token in "[A-Za-z0-9]{24,40}",
        at in 0_usize..10,
        path in prop::sample::select(vec!["/v1.0/operations/5", "/api/v3.1/executions?id=7", "/xiq/operations/op-1", "/v1/projects/p/locations/l/operations/o:cancel", "/c/xiq/operations/x"]),
        quote in prop::sample::select(vec!["'", "\"", "$'"]),
        behind in any::<bool>(),
    ) {
        let end = quote.trim_start_matches('$');
        let join = if path.contains('?') { '&' } else { '?' };
        let secret = match at {
            0 => format!("-H {quote}X-Auth-Token: {token}{end}"),
            1 => format!("--header {quote}Authorization: Bearer {token}{end}"),
            2 => format!("-u admin:{token}"),
            3 => format!("--oauth2-bearer {token}"),
            4 => format!("-d {quote}password={token}{end}"),
            5 => format!("--data-raw {quote}https://x.example/operations/{token}{end}"),
            6 => format!("-b session={token}"),
            7 => format!("--proxy http://u:{token}@proxy.example/operations/{token}"),
            _ => String::new(),
        };
        let address = match at {
            8 => format!("https://user:{token}@api.example{path}"),
            9 => format!("https://api.example{path}{join}access_token={token}&key={token}"),
            _ => format!("https://api.example{path}"),
        };
        let line = if behind { format!("curl -sS {address} {secret}") } else { format!("curl {secret} {quote}{address}{end}") };
        let conns = conns();
        let all = all_of(&line, &conns);
        prop_assert!(!all.contains(&token), "{line}\n{all}");
        prop_assert!(all.contains("api.example"), "the address is found: {line}\n{all}");
    }

    #[test]
    fn no_secret_member_of_a_body_comes_out(token in "[A-Za-z0-9]{24,40}", name in prop::sample::select(vec!["token", "admin_password", "secret_key", "x"]), inner in any::<bool>()) {
        let secret = if name == "x" { format!("Bearer {token}") } else { token.clone() };
        let member = format!(r#""{name}":"{secret}""#);
        let body = if inner { format!(r#"{{"operation":{{"id":"op-1",{member}}}}}"#) } else { format!(r#"{{{member},"id":"op-1"}}"#) };
        let all = all_of(&body, &conns());
        prop_assert!(!all.contains(&token), "{body}\n{all}");
        prop_assert!(all.contains("op-1"));
    }
}
