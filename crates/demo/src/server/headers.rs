//! The production headers of the console: what a page may load, call and do, and how long files may be kept.
//! It must not know where files come from.

use std::io;

use axum::body::Body;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Response};

const FIXED: [(HeaderName, &str); 6] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), \
         display-capture=(), browsing-topics=()",
    ),
];

/// The headers of every file and page of the console.
#[derive(Clone)]
pub(super) struct SiteHeaders(HeaderMap);

impl SiteHeaders {
    /// `connect_src` are sources beside `'self'`; one that would end the directive is refused.
    pub(super) fn new(connect_src: &[String]) -> io::Result<Self> {
        let refused = |source: &str| {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("\"{source}\" cannot be a source of connect-src: write it like https://host:port."),
            )
        };
        let mut sources = String::new();
        for source in connect_src.iter().flat_map(|list| list.split_whitespace()) {
            if !source
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b',' | b'\'' | b'"'))
            {
                return Err(refused(source));
            }
            sources.push(' ');
            sources.push_str(source);
        }
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'{sources}; manifest-src 'self'; base-uri 'self'; \
             form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
             trusted-types default"
        );
        let mut headers = HeaderMap::new();
        let policy = HeaderValue::from_str(&policy).map_err(|_| refused(&sources))?;
        headers.insert(CONTENT_SECURITY_POLICY, policy);
        for (name, value) in FIXED {
            headers.insert(name, HeaderValue::from_static(value));
        }
        Ok(Self(headers))
    }

    pub(super) fn put_on(&self, mut response: Response<Body>) -> Response<Body> {
        response.headers_mut().extend(self.0.clone());
        response
    }
}

/// How long a file may be kept. Only names that change with their content may be kept for good; the scripts'
/// names do not, as the build names them after the wasm file.
pub(super) fn caching(path: &str) -> HeaderValue {
    let named_by_content = path.ends_with("_bg.wasm") || path.ends_with(".css");
    HeaderValue::from_static(if named_by_content {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_join_the_policy_and_nothing_can_break_out_of_it() {
        let given = vec!["https://a.example https://b.example:8443".to_owned()];
        let headers = SiteHeaders::new(&given).unwrap().0;
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("connect-src 'self' https://a.example https://b.example:8443; manifest-src"));
        for bad in ["https://a;script-src *", "'unsafe-inline'", "https://a,b", "https://ä.example"] {
            assert!(SiteHeaders::new(&[bad.to_owned()]).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_files_named_by_their_content_are_kept() {
        for kept in ["/longrun-1a2b_bg.wasm", "/base-77.css"] {
            assert!(caching(kept).to_str().unwrap().contains("immutable"));
        }
        for asked in ["/", "/index.html", "/boot.js", "/longrun-1a2b.js", "/config.json"] {
            assert_eq!(caching(asked), "no-cache");
        }
    }
}
