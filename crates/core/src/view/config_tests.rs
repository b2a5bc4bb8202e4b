//! Configurations as deployers write them, and as they break them.

use super::*;

const GOOD: &str = r#"{ "title": "Operations, Tokyo", "allow_other_connections": false, "later": {},
  "connections": [
    { "id": "ecl-jp-prod", "name": "ECL Japan", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance/",
      "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "13572f6f42a74d2b82f7099f78d0393a" },
      "tenant": null, "band": "teal", "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720 } ] }"#;

#[test]
fn a_good_file_reads_and_reads_back() {
    let config = Config::parse(GOOD);
    assert_eq!(config.problems, [""; 0]);
    assert!(!config.allow_other_connections);
    let connection = &config.connections[0];
    assert_eq!(connection.base, "/ecl/virtual-network-appliance");
    assert_eq!((connection.band, connection.mode, connection.pace), ("sea", Mode::ArmedOnDemand, Pace::Auto));
    let (back, problems) = parse_own(&write_own(&config.connections));
    assert_eq!(problems, [""; 0]);
    assert_eq!(back, [Connection::from(Declared { own: true, ..(**connection).clone() })]);
}

#[test]
fn a_broken_file_is_explained_and_the_console_starts() {
    for text in ["", "{", "<html>", "[]", r#"{"connections": 5}"#] {
        let config = Config::parse(text);
        assert_eq!(config.title, "Longrun");
        assert!(config.problems[0].contains("config.json"), "{text}");
    }
}

#[test]
fn one_bad_connection_does_not_cost_the_others() {
    let bad = [
        r#"{"id":"x/y","api":"ecl-vna","base":"/e","sign_in":{"kind":"keystone","url":"/k"}}"#,
        r#"{"id":"a","api":"none","base":"/e","sign_in":{"kind":"keystone","url":"/k"}}"#,
        r#"{"id":"b","api":"ecl-vna","base":"javascript:alert(1)","sign_in":{"kind":"keystone","url":"/k"}}"#,
        r#"{"id":"c","api":"ecl-vna","base":"https://u:p@host","sign_in":{"kind":"keystone","url":"/k"}}"#,
        r#"{"id":"d","api":"ecl-vna","base":"//elsewhere","sign_in":{"kind":"keystone","url":"/k"}}"#,
        r#"{"id":"e","api":"ecl-vna","base":"/e"}"#,
        r#"{"id":"f","api":"ecl-vna","base":"/e","sign_in":{"kind":"magic","url":"/k"}}"#,
        "7",
    ];
    let good = r#"{"id":"ok","api":"ecl-vna","base":"/e","sign_in":{"kind":"keystone","url":"/k"},"mode":"redaonly","poll_seconds":15}"#;
    let text = format!(r#"{{"connections":[{},{good},{good}]}}"#, bad.join(","));
    let config = Config::parse(&text);
    assert_eq!(config.connections.len(), 1);
    assert_eq!(config.connections[0].mode, Mode::ReadOnly, "a typing mistake never arms");
    assert_eq!(config.connections[0].pace, Pace::Every(15));
    assert_eq!(config.problems.len(), bad.len() + 1, "{:#?}", config.problems);
    assert!(config.problems[3].contains("credentials"), "{}", config.problems[3]);
}
