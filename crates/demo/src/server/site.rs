//! The built console: its files, compressed ones where the browser takes them, and its page for every deep link.
//! It must not know the API; it only keeps out of the API's paths.

use std::io;
use std::path::{Path, PathBuf};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::services::ServeDir;

use super::ServeOptions;
use super::connections::config_json;
use super::headers::caching;
use crate::answer;

const PAGE: &str = "/index.html";
/// Everything below is a page of the console, whatever characters an id has.
const PAGES: &str = "/c/";
/// Nothing below is ever a page of the console, so that a mistyped call does not get one.
const NOT_PAGES: [&str; 3] = ["/ecl", "/cloudify", "/demo"];

pub(super) fn routes(options: &ServeOptions) -> Router {
    let config = options.config_json.clone().unwrap_or_else(config_json);
    let config = move || async move {
        let mut response = answer::json(StatusCode::OK, config);
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    };
    Router::new().route("/config.json", get(config)).fallback(file).with_state(options.dist.clone())
}

async fn file(State(dist): State<Option<PathBuf>>, request: Request) -> Response {
    let path = request.uri().path();
    let below = |prefix: &&str| {
        path.strip_prefix(*prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if NOT_PAGES.iter().any(below) {
        return answer::cause(StatusCode::NOT_FOUND, "Not Found");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.\n");
    }
    let Some(dist) = dist else {
        return plain(
            StatusCode::NOT_FOUND,
            "This demo serves the API only; start it with --dist to see the console.\n",
        );
    };
    let wanted = if is_page(path) { PAGE.to_owned() } else { path.to_owned() };
    from_disk(&dist, &wanted, request).await
}

/// A path whose last part has no extension is a page of the console; a missing asset must not become one.
fn is_page(path: &str) -> bool {
    if path.starts_with(PAGES) {
        return true;
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    let extension = last.rsplit_once('.').map(|(_, extension)| extension);
    !extension.is_some_and(|text| {
        (1..=11).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

async fn from_disk(dist: &Path, path: &str, mut request: Request) -> Response {
    let Ok(uri) = path.parse::<Uri>() else { return plain(StatusCode::NOT_FOUND, "Not Found\n") };
    *request.uri_mut() = uri;
    let mut files =
        ServeDir::new(dist).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    let mut response = match files.try_call(request).await {
        Ok(served) => served.map(Body::new).into_response(),
        Err(error) if is_absence(&error) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => return plain(StatusCode::INTERNAL_SERVER_ERROR, "The file could not be read.\n"),
    };
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, caching(path));
        return response;
    }
    if path == PAGE {
        return plain(StatusCode::NOT_FOUND, "There is no built console in the folder that --dist names.\n");
    }
    plain(response.status(), "Not Found\n")
}

fn is_absence(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound, PermissionDenied};
    matches!(error.kind(), NotFound | NotADirectory | InvalidFilename | PermissionDenied)
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::is_page;

    #[test]
    fn pages_and_files_are_told_apart() {
        for page in
            ["/", "/settings", "/c/ecl-demo/operations/odd%2Fid.json", "/c/x/1.2.3", "/watch/", "/a.b c"]
        {
            assert!(is_page(page), "{page}");
        }
        for file in ["/index.html", "/favicon.svg", "/longrun-1a_bg.wasm", "/manifest.webmanifest", "/x/y.js"]
        {
            assert!(!is_page(file), "{file}");
        }
    }
}
