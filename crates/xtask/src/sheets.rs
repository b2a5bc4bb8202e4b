//! One style sheet instead of several: compressed together they are smaller, and the browser asks once. In the sources
//! and while developing they stay apart. Reads only markup that Trunk and we write.

use crate::fingerprint::Fingerprint;
use crate::trouble::{Outcome, while_doing};
use std::fs;
use std::path::Path;

/// Puts the style sheets that dist/index.html links into one file, in its order, and links that one.
pub fn join(dist: &Path) -> Outcome<()> {
    let doing = "joining the style sheets";
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).map_err(while_doing(doing))?;
    let links = links(&html);
    if links.len() < 2 {
        return Ok(());
    }
    let mut sheet = String::new();
    for link in &links {
        let file = dist.join(link.file);
        sheet += &fs::read_to_string(&file).map_err(while_doing(doing))?;
        fs::remove_file(&file).map_err(while_doing(doing))?;
    }
    let mut print = Fingerprint::new();
    print.add("sheet", sheet.as_bytes());
    let print = print.text();
    let name = format!("style-{}.css", print.get(..16).unwrap_or(&print));
    fs::write(dist.join(&name), sheet).map_err(while_doing(doing))?;
    fs::write(&page, relinked(&html, &links, &name)).map_err(while_doing(doing))
}

struct Link<'a> {
    tag: &'a str,
    file: &'a str,
}

fn links(html: &str) -> Vec<Link<'_>> {
    let mut links = vec![];
    for piece in html.split("<link ").skip(1) {
        let Some((tag, _)) = piece.split_once('>') else { continue };
        let href = tag.split_once("href=\"").and_then(|(_, href)| href.split_once('"'));
        if let Some((href, _)) = href.filter(|_| tag.contains("rel=\"stylesheet\"")) {
            links.push(Link { tag, file: href.rsplit('/').next().unwrap_or(href) });
        }
    }
    links
}

/// The first link leads to the one sheet, the others go.
fn relinked(html: &str, links: &[Link<'_>], name: &str) -> String {
    let mut html = html.to_owned();
    for (at, link) in links.iter().enumerate() {
        let tag =
            if at == 0 { format!("<link {}>", link.tag.replace(link.file, name)) } else { String::new() };
        html = html.replacen(&format!("<link {}>", link.tag), &tag, 1);
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheets_become_one_in_their_order_and_other_links_stay() {
        let dist = std::env::temp_dir().join(format!("longrun-sheets-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let icon = r#"<link rel="icon" href="data:image/svg+xml,%3Csvg%3E">"#;
        let html = format!(
            "{icon}<link rel=\"stylesheet\" href=\"/at/b-1.css\" data-integrity=\"none\"/>\n<link rel=\"stylesheet\" href=\"/at/a-2.css\"/><p>"
        );
        fs::write(dist.join("index.html"), html).unwrap();
        fs::write(dist.join("a-2.css"), "a{}").unwrap();
        fs::write(dist.join("b-1.css"), "b{}").unwrap();
        join(&dist).unwrap();
        let html = fs::read_to_string(dist.join("index.html")).unwrap();
        let sheets: Vec<String> = fs::read_dir(&dist)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".css"))
            .collect();
        let [sheet] = sheets.as_slice() else { panic!("{sheets:?}") };
        assert_eq!(fs::read_to_string(dist.join(sheet)).unwrap(), "b{}a{}");
        let link = format!("<link rel=\"stylesheet\" href=\"/at/{sheet}\" data-integrity=\"none\"/>");
        assert_eq!(html, format!("{icon}{link}\n<p>"));
        join(&dist).unwrap();
        assert_eq!(fs::read_to_string(dist.join("index.html")).unwrap(), html, "one stays one");
        fs::remove_dir_all(&dist).unwrap();
    }
}
