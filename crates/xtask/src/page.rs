//! Reads from the built index.html which files the browser fetches to start. Pure; reads only markup that Trunk
//! and we write, so it is no HTML parser.

/// The files of our own origin that the page names, in order, each once: style sheets, scripts, the module and the
/// WASM that boot.js loads. Preload hints name files that are fetched in any case. Data URLs cost no request.
pub fn start_files(html: &str) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for tag in tags(html) {
        let fetched: &[&str] = match tag.name {
            "script" => &["src", "data-js", "data-wasm"],
            "img" => &["src"],
            "link" if fetched_link(&tag) => &["href"],
            _ => &[],
        };
        for key in fetched {
            let Some(value) = tag.attribute(key) else { continue };
            let file = value.trim_start_matches("./").trim_start_matches('/');
            if !file.is_empty() && !value.starts_with("data:") && !files.iter().any(|known| known == file) {
                files.push(file.to_owned());
            }
        }
    }
    files
}

fn fetched_link(tag: &Tag) -> bool {
    tag.attribute("rel").is_some_and(|rel| {
        rel.split_ascii_whitespace()
            .any(|word| matches!(word, "stylesheet" | "icon" | "manifest" | "preload" | "modulepreload"))
    })
}

struct Tag<'a> {
    name: &'a str,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    fn attribute(&self, key: &str) -> Option<&'a str> {
        let mut rest = self.rest;
        loop {
            let (name, after) = rest.split_once('=')?;
            let name = name.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or(name);
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"')?,
                None => after.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((after, "")),
            };
            if name.eq_ignore_ascii_case(key) {
                return Some(value);
            }
            rest = next;
        }
    }
}

fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('<')?;
            if let Some(comment) = after.strip_prefix("!--") {
                rest = comment.split_once("-->")?.1;
                continue;
            }
            let mut quoted = false;
            let end = after.find(|c| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })?;
            let (inner, next) = after.split_at_checked(end)?;
            rest = next;
            let (name, attributes) =
                inner.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inner, ""));
            return Some(Tag { name, rest: attributes });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_fetches_is_listed_once_and_in_order() {
        let html = r##"<!doctype html><html><head><base href="/">
            <!-- <script src="/old.js"></script> -->
            <link rel="icon" href="data:image/svg+xml,%3Csvg a=%221%22%3E">
            <link rel="stylesheet" href="/tokens-1a.css" integrity="sha384-x"/>
            <link rel="modulepreload" href="/longrun-9f.js" crossorigin="anonymous">
            <link rel="preload" href="/longrun-9f_bg.wasm" as="fetch">
            <link rel="canonical" href="/elsewhere"></head>
            <body title="a > b"><script type="module" src="/boot.js" data-js="/longrun-9f.js"
              data-wasm="/longrun-9f_bg.wasm"></script></body></html>"##;
        assert_eq!(start_files(html), ["tokens-1a.css", "longrun-9f.js", "longrun-9f_bg.wasm", "boot.js"]);
    }

    #[test]
    fn unquoted_attributes_and_broken_ends_are_survived() {
        assert_eq!(start_files("<script src=/a.js></script><link rel=stylesheet href=b.css"), ["a.js"]);
        assert!(start_files("").is_empty());
        assert!(start_files("<script src=\"unclosed").is_empty());
    }
}
