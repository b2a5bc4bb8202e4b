use super::*;
use crate::view::config::Config;

const ID: &str = "5f0c1e77-0000-4000-8000-000000000001";

fn conns() -> Vec<Connection> {
    let one = |id: &str, api: &str, base: &str| {
        let kind = if matches!(api, "xiq" | "google-lro") { "bearer" } else { "token-header" };
        format!(
            r#"{{"id":"{id}","name":"{id}","api":"{api}","base":"{base}","sign_in":{{"kind":"{kind}"}}}}"#
        )
    };
    let all = [
        one("ecl", "ecl-vna", "/ecl/vna"),
        one("ecl-far", "ecl-vna", "https://vna.example/base"),
        one("cfy", "cloudify-executions", "/cfy"),
        one("ops", "cloudify-operations", "/cfy"),
        one("xiq", "xiq", "/xiq"),
        one("google", "google-lro", "/gcp"),
    ];
    let config = Config::parse(&format!(r#"{{"connections":[{}]}}"#, all.join(",")));
    assert_eq!(config.problems, Vec::<String>::new());
    config.connections
}

const HERE: Here<'static> = Here { origin: "https://ops.example", base: "/console", conn: Some("ops") };

fn found(text: &str) -> Vec<String> {
    let found = destinations(&Pasted::read(text), &conns(), HERE);
    let shown = |found: Destination| {
        let what = match found.what {
            What::One(key) => key.id,
            What::List(search) => format!("?{search}"),
        };
        format!("{} {} {what}", found.conn.id, found.table.id)
    };
    found.into_iter().map(shown).collect()
}

#[test]
fn an_address_below_a_base_is_of_that_connection() {
    for (text, expected) in [
        ("/ecl/vna/v1.0/operations/x", vec!["ecl operations x"]),
        ("https://ops.example/ecl/vna/v1.0/operations/x", vec!["ecl operations x"]),
        ("https://vna.example/base/v1.0/operations/x", vec!["ecl-far operations x"]),
        // Elsewhere, the form of the path decides.
        ("https://other.example/v1.0/operations/x", vec!["ecl operations x", "ecl-far operations x"]),
        ("https://vna.example/bases/v1.0/operations/x", vec!["ecl operations x", "ecl-far operations x"]),
        ("https://api.extremecloudiq.com/operations/x", vec!["xiq operations x"]),
        ("https://m.example/api/v3.1/executions/x", vec!["cfy executions x"]),
        ("/cfy/api/v3.1/operations/x", vec!["ops operations x", "cfy operations x"]),
        ("https://m.example/api/v3/executions?status=failed", vec!["cfy executions ?status=failed"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn an_id_is_offered_for_each_connection_whose_ids_look_so() {
    let uuid = ["ops operations", "ecl operations", "ecl-far operations", "cfy executions"];
    assert_eq!(found(ID), uuid.map(|at| format!("{at} {ID}")));
    assert_eq!(found("8841207"), ["xiq operations 8841207"]);
    let name = "projects/p/locations/l/operations/o";
    assert_eq!(found(name), [format!("google operations {name}")]);
    // Nothing speaks for one of them.
    assert_eq!(found("op-1").len(), 5);
    assert_eq!(found("two words"), ["ops operations two words"]);
    assert_eq!(found(""), [""; 0]);
    let asked = everywhere(&Pasted::read(ID), &conns());
    assert_eq!(asked.len(), 6, "Google's is refused when it is built");
}

#[test]
fn pages_of_this_console_and_of_others() {
    let is_page = |path: &str| path == "/settings" || path.starts_with("/c/");
    let at = |text: &str| {
        let pasted = Pasted::read(text);
        page(&pasted, HERE, &conns(), &is_page).map(|(path, search)| (path.to_owned(), search.to_owned()))
    };
    let to = |path: &str, search: &str| Some((path.to_owned(), search.to_owned()));
    assert_eq!(at("https://ops.example/console/settings"), to("/settings", ""));
    assert_eq!(at("https://ops.example/settings"), None);
    assert_eq!(
        at("https://ops.example/console/c/ecl/operations?state=failed,stuck&token=abcdefgh&q=a%20b"),
        to("/c/ecl/operations", "state=failed,stuck&q=a%20b")
    );
    assert_eq!(at("https://other.example/x/c/cfy/executions/a%2Fb"), to("/c/cfy/executions/a%2Fb", ""));
    assert_eq!(at("https://other.example/x/c/unknown/executions/a"), None);
    assert_eq!(at("/console/c/ecl/operations"), to("/c/ecl/operations", ""));
    assert_eq!(at("/c/ecl/operations"), to("/c/ecl/operations", ""), "copied without the base");
    assert_eq!(at(ID), None);
}
