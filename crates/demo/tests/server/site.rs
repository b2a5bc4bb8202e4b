//! The console beside the API: pages for deep links, files with the right headers, and a real socket.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;

use longrun_demo::server::{self, ServeOptions};

use super::*;

/// A built console in small, one folder per test.
fn dist(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in [
        ("index.html", "<!doctype html><title>Longrun</title>"),
        ("index.html.br", "as brotli"),
        ("index.html.gz", "as gzip"),
        ("boot.js", "// boot"),
        ("longrun-12ab.js", "// glue"),
        ("longrun-12ab_bg.wasm", "wasm"),
        ("longrun-12ab_bg.wasm.br", "wasm as brotli"),
        ("base-77.css", "body{}"),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

async fn ask(options: &ServeOptions, target: &str, headers: &[(&str, &str)]) -> Answer {
    let routes = server::router(&demo(), options).unwrap();
    let response = routes.oneshot(request("GET", target, headers, "")).await.unwrap();
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: head.status, headers: head.headers, body }
}

#[tokio::test]
async fn deep_links_get_the_page_and_missing_files_do_not() {
    let options = ServeOptions::local(Some(dist("pages")));
    for page in
        ["/", "/c/ecl-demo/operations?status=ERROR", "/c/ecl-demo/operations/odd%2Fid%3Fx%2Ey", "/nowhere"]
    {
        let answer = ask(&options, page, &[]).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/html"), "{page}");
        assert!(answer.text().contains("<title>Longrun"));
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    for missing in
        ["/gone.js", "/old_bg.wasm", "/ecl/nothing", "/ecl", "/demo/nothing", "/x/../../Cargo.toml"]
    {
        assert_eq!(ask(&options, missing, &[]).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
    let bare = ask(&ServeOptions::local(None), "/", &[]).await;
    assert_eq!(bare.status, StatusCode::NOT_FOUND);
    assert!(bare.text().contains("--dist"));
}

#[tokio::test]
async fn files_are_kept_as_long_as_their_names_allow_and_come_compressed() {
    let options = ServeOptions::local(Some(dist("files")));
    for (file, kept, kind) in [
        ("/boot.js", "no-cache", "text/javascript"),
        ("/longrun-12ab.js", "no-cache", "text/javascript"),
        ("/longrun-12ab_bg.wasm", "public, max-age=31536000, immutable", "application/wasm"),
        ("/base-77.css", "public, max-age=31536000, immutable", "text/css"),
    ] {
        let answer = ask(&options, file, &[]).await;
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, kept), "{file}");
        assert_eq!((answer.header("content-type"), answer.header("vary")), (kind, "accept-encoding"));
    }
    let brotli = ask(&options, "/c/a/b", &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!((brotli.header("content-encoding"), brotli.text().as_str()), ("br", "as brotli"));
    let gzip = ask(&options, "/", &[("accept-encoding", "gzip")]).await;
    assert_eq!((gzip.header("content-encoding"), gzip.text().as_str()), ("gzip", "as gzip"));
    let wasm = ask(&options, "/longrun-12ab_bg.wasm", &[("accept-encoding", "br")]).await;
    assert_eq!((wasm.header("content-type"), wasm.header("content-encoding")), ("application/wasm", "br"));
    let seen = ask(&options, "/boot.js", &[]).await.header("last-modified").to_owned();
    let unchanged = ask(&options, "/boot.js", &[("if-modified-since", &seen)]).await;
    assert_eq!((unchanged.status, unchanged.header("cache-control")), (StatusCode::NOT_MODIFIED, "no-cache"));
}

#[tokio::test]
async fn every_page_and_file_carries_the_production_headers() {
    let options = ServeOptions {
        connect_src: vec!["https://ecl.example".to_owned()],
        ..ServeOptions::local(Some(dist("headers")))
    };
    for target in ["/", "/boot.js", "/longrun-12ab_bg.wasm", "/config.json", "/gone.js"] {
        let answer = ask(&options, target, &[]).await;
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self' https://ecl.example; manifest-src 'self'; base-uri 'self'; \
             form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
             trusted-types default",
            "{target}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{target}");
        }
    }
}

#[tokio::test]
async fn the_configuration_is_the_demos_own_or_any_text_at_all() {
    let own = ask(&ServeOptions::local(None), "/config.json", &[]).await;
    assert_eq!((own.header("content-type"), own.header("cache-control")), ("application/json", "no-cache"));
    let ids: Vec<_> = own.json()["connections"].as_array().unwrap().iter().map(|c| c["id"].clone()).collect();
    assert_eq!(ids[..3], ["ecl-demo", "ecl-tenant", "ecl-short"]);
    let broken = ServeOptions { config_json: Some("{\"title\": ".to_owned()), ..ServeOptions::local(None) };
    assert_eq!(ask(&broken, "/config.json", &[]).await.text(), "{\"title\": ");
}

#[tokio::test]
async fn other_origins_are_answered_only_when_told_so() {
    let options = [("origin", "https://console.example")];
    let list = |headers: &[(&str, &str)], method| request(method, OPERATIONS, headers, "");
    let closed = send(&demo(), list(&options, "GET")).await;
    assert_eq!(closed.header("access-control-allow-origin"), "");
    assert_eq!(send(&demo(), list(&options, "OPTIONS")).await.status, StatusCode::METHOD_NOT_ALLOWED);

    let open = Demo::new(Config { cors: true, ..config() }, || START);
    let refused = send(&open, list(&options, "GET")).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(refused.header("access-control-allow-origin"), "https://console.example");
    assert_eq!(refused.header("vary"), "Origin");
    assert!(refused.header("access-control-expose-headers").contains("X-Subject-Token"));
    for target in [OPERATIONS, TOKENS, "/ecl/nothing"] {
        let preflight = send(&open, request("OPTIONS", target, &options, "")).await;
        assert_eq!(preflight.status, StatusCode::NO_CONTENT, "{target}");
        assert!(preflight.header("access-control-allow-headers").contains("x-auth-token"));
        assert_eq!(preflight.header("access-control-max-age"), "600");
        assert_eq!(preflight.header("access-control-allow-credentials"), "");
    }
}

/// One request over a real connection, read until the server closes it.
fn over_a_socket(addr: std::net::SocketAddr, target: &str, token: &str) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    write!(
        stream,
        "GET {target} HTTP/1.1\r\nhost: {addr}\r\nx-auth-token: {token}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    // A connection that is dropped may end in a reset instead of an end.
    drop(stream.read_to_end(&mut answer));
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_server_answers_drops_connections_and_stops() {
    let demo = Demo::with_sleeper(config(), || START, server::tokio_sleeper());
    let running = server::serve(&demo, &ServeOptions::local(Some(dist("socket")))).await.unwrap();
    let addr = running.addr();
    assert!(addr.ip().is_loopback() && running.url().ends_with(&addr.port().to_string()));
    let token = token(&demo, "APIKEY", "APISECRET").await;
    let ask = |target: String| {
        let token = token.clone();
        tokio::task::spawn_blocking(move || over_a_socket(addr, &target, &token))
    };
    let good = ask(OPERATIONS.to_owned()).await.unwrap();
    let (head, body) = good.split_once("\r\n\r\n").unwrap();
    let announced = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert_eq!(announced.parse::<usize>().unwrap(), body.len());
    assert!(head.contains("\r\ndate: "));
    let dropped = ask(format!("{OPERATIONS}?id=fault-drop")).await.unwrap();
    assert!(dropped.contains("transfer-encoding: chunked") && dropped.contains("{\"operations\": ["));
    assert!(!dropped.ends_with("0\r\n\r\n"), "the last chunk must never come");
    assert!(ask("/".to_owned()).await.unwrap().contains("<title>Longrun"));
    assert!(demo.requests().iter().any(|seen| seen.path == "/" && seen.status == Some(200)));
    running.stop().await.unwrap();
    assert!(TcpStream::connect(addr).is_err());
}

#[tokio::test]
async fn a_source_that_would_change_the_policy_is_refused() {
    let options =
        ServeOptions { connect_src: vec!["https://a; script-src *".into()], ..ServeOptions::local(None) };
    let refused = server::serve(&demo(), &options).await.err().unwrap();
    assert!(refused.to_string().contains("connect-src"), "{refused}");
}
