use super::*;
use rstest::rstest;

#[rstest]
#[case("password")]
#[case("admin_password")]
#[case("adminPass")]
#[case("Passwd")]
#[case("API-Key")]
#[case("apiKey")]
#[case("x-auth-token")]
#[case("api_token")]
#[case("access_tokens")]
#[case("secret")]
#[case("shared secret")]
#[case("aws_secret_access_key")]
#[case("private_key")]
#[case("Authorization")]
#[case("credentials")]
#[case("passphrase")]
#[case("community")]
#[case("snmp_community")]
#[case("wpa_psk")]
#[case("pre-shared-key")]
#[case("encrypted-password")]
#[case("db.connection_string")]
#[case("Set-Cookie")]
#[case("管理者パスワード")]
fn secret_names(#[case] name: &str) {
    assert!(is_secret_key(name));
}

#[rstest]
#[case("token_count")]
#[case("tokenType")]
#[case("max_tokens")]
#[case("nextPageToken")]
#[case("password_policy")]
#[case("password-expires-at")]
#[case("bypass")]
#[case("passenger")]
#[case("public_key")]
#[case("key")]
#[case("tenant_id")]
#[case("community_id")]
#[case("author")]
#[case("")]
fn ordinary_names(#[case] name: &str) {
    assert!(!is_secret_key(name));
}

#[rstest]
#[case("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", MASK)]
#[case("got ya29.a0AfH6SMBx_yz-1 back", "got •••• masked back")]
#[case("AKIAIOSFODNN7EXAMPLE", MASK)]
#[case("Authorization: Bearer abc", "Authorization: •••• masked")]
#[case("sent Bearer x1 twice", "sent Bearer •••• masked twice")]
#[case("curl -u x https://op:hunter2@host:80/p?q#f", "curl -u x https://op:•••• masked@host:80/p?q#f")]
#[case("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nrest", "•••• masked\nrest")]
#[case("a -----BEGIN PRIVATE KEY-----\nMIIE", "a •••• masked")]
#[case("hash $6$salt$abcdef.gh/1 here", "hash •••• masked here")]
#[case("password=hunter2 user=bob", "password=•••• masked user=bob")]
#[case("https://x/y?access_token=abc&n=1 failed", "https://x/y?access_token=•••• masked failed")]
#[case("Password: correct horse", "Password: •••• masked")]
#[case("'api_key' => 'a b', n", "'api_key' => '•••• masked', n")]
#[case("mysql --password hunter", "mysql --password •••• masked")]
#[case("login with password hunter2, please", "login with password •••• masked, please")]
#[case(
    "set system root-authentication encrypted-password \"x y\"",
    "set system root-authentication encrypted-password \"•••• masked\""
)]
#[case("set snmp community public authorization read-only", "set snmp community •••• masked")]
#[case("system {\n  secret abc;\n}", "system {\n  secret •••• masked\n}")]
#[case("{\"password\": \"hunter2\", \"cut", "{\"password\": \"•••• masked\", \"cut")]
#[case("{\"pass\\u0077ord\": {\"a\": [1, \"hunter2", "{\"pass\\u0077ord\": \"•••• masked\"")]
#[case(
    "{\"n\": 1, 'x', \"pin_secret\": 1234, \"secret\": null}",
    "{\"n\": 1, 'x', \"pin_secret\": \"•••• masked\", \"secret\": null}"
)]
#[case(
    "[{\"name\": \"db_password\", \"value\": \"x\"}, {\"value\": \"y\"}, ",
    "[{\"name\": \"db_password\", \"value\": \"•••• masked\"}, {\"value\": \"y\"}, "
)]
#[case(
    "{\"body\": \"{\\\"secret\\\": \\\"x\\\"}\",",
    "{\"body\": \"{\\\"secret\\\": \\\"•••• masked\\\"}\","
)]
#[case("{\\\"password\\\": \\\"hunter2", "{\\\"password\\\": \\\"•••• masked\"")]
#[case("{\"password\": \"hunter2\"}", "{\"password\": \"•••• masked\"}")]
fn secrets_in_text(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(redact_text(text), expected);
    assert!(is_secret_value(text));
}

#[rstest]
#[case("The password is wrong.")]
#[case("Token expired")]
#[case("Reset the password for edge-team.")]
#[case("Token ring uplink")]
#[case("Basic authentication failed")]
#[case(
    "Quota exceeded for network port: network 0967afc2-73a8-4c1f-869a-54c3b07dc199, requested 1, limit 10."
)]
#[case("https://host:8080/a@b?c=d")]
#[case("ssh://git@host/x")]
#[case("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----")]
#[case("13572f6f42a74d2b82f7099f78d0393a")]
#[case("{\"a\": [\"b\"]}")]
#[case("costs $5 and $10")]
#[case("")]
fn ordinary_text_stays(#[case] text: &str) {
    assert_eq!(redact_text(text), text);
    assert!(!is_secret_value(text));
}

#[rstest]
#[case(
    r#"{"b": 1.50, "admin_password": "x" , "a":[true]}"#,
    r#"{"b": 1.50, "admin_password": "•••• masked" , "a":[true]}"#
)]
#[case(r#"{"token":{"a":[1]},"n":1}"#, r#"{"token":"•••• masked","n":1}"#)]
#[case(r#"{"pass\u0077ord":12}"#, r#"{"pass\u0077ord":"•••• masked"}"#)]
#[case(
    r#"{"password":null,"secret":"","token":{},"tokens":[]}"#,
    r#"{"password":null,"secret":"","token":{},"tokens":[]}"#
)]
#[case(
    r#"[{"name":"db_password","value":"x"},{"key":"n","value":"y"}]"#,
    r#"[{"name":"db_password","value":"•••• masked"},{"key":"n","value":"y"}]"#
)]
#[case(r#"{"value":"x","name":"token"}"#, r#"{"value":"•••• masked","name":"token"}"#)]
#[case(
    r#"{"body":"{\"secret\": \"x\", \"n\": 1.0}"}"#,
    r#"{"body":"{\"secret\": \"•••• masked\", \"n\": 1.0}"}"#
)]
#[case(r#"{"data":"set a\nset b secret \"x\""}"#, r#"{"data":"set a\nset b secret \"•••• masked\""}"#)]
#[case(r#"{"ya29.a0AfH6SMBx":1}"#, r#"{"•••• masked":1}"#)]
#[case(r#""AKIAIOSFODNN7EXAMPLE""#, r#""•••• masked""#)]
#[case("not json, password=x", "not json, password=•••• masked")]
fn documents(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(redact(text), expected);
}

#[test]
fn json_in_json_in_json_is_masked_at_any_depth() {
    let mut text = r#"{"password":"hunter2"}"#.to_owned();
    for _ in 0..12 {
        let mut outer = "{\"body\":".to_owned();
        encode(&text, &mut outer);
        text = outer + "}";
        let hidden = redact(&text);
        assert!(!hidden.contains("hunter2"), "{hidden}");
        assert_eq!(crate::json::validate(&hidden), Ok(()));
    }
}

#[test]
fn depth_is_no_limit() {
    let deep = format!("{}\"password\":\"x\"{}", "{\"a\":[{".repeat(50_000), "}]}".repeat(50_000));
    let hidden = redact(&deep);
    assert_eq!(hidden.len(), deep.len() - 1 + MASK.len());
}

#[test]
fn the_viewer_hides_what_stands_inside_a_secret() {
    let tree = Tree::read(r#"{"credentials":{"user":["bob"]},"user":"bob","note":"password=x","a":[{"name":"pin_secret","value":7}]}"#).unwrap();
    let hidden = |path: &str| hides(&tree, tree.find_path(path).unwrap());
    for path in ["$.credentials", "$.credentials.user", "$.credentials.user[0]", "$.note", "$.a[0].value"] {
        assert!(hidden(path), "{path}");
    }
    for path in ["$", "$.user", "$.a", "$.a[0].name"] {
        assert!(!hidden(path), "{path}");
    }
}

/// Text that looks like the beginning of a secret at every step, or like a name whose value never ends. Read again for
/// each of them, this would take minutes.
#[rstest]
#[case("eyJ-")]
#[case("$a$-")]
#[case("$")]
#[case("ya29.")]
#[case("-----BEGIN ")]
#[case("bearer/")]
#[case("password=null/")]
#[case("password: null ")]
#[case("password \"")]
#[case("secret=")]
#[case("secret/")]
#[case("://a:b")]
#[case("{\"secret\":")]
#[case("\"password\":[")]
#[case("\"value\":")]
#[case("password: •••• masked ")]
fn hostile_text_costs_no_more_than_its_length(#[case] piece: &str) {
    let text = piece.repeat(200_000 / piece.len());
    for text in [text.clone(), format!("[{text}"), format!("set {text}")] {
        assert!(redact_text(&text).len() <= 16 * text.len());
    }
    let mut document = "{\"data\":".to_owned();
    encode(&text, &mut document);
    document.push('}');
    assert_eq!(crate::json::validate(&redact(&document)), Ok(()));
}

#[test]
fn many_values_beside_one_long_name_cost_no_more_than_their_length() {
    let document = format!("{{\"name\":\"{}\"{}}}", "x".repeat(500_000), ",\"value\":1".repeat(50_000));
    assert_eq!(redact(&document), document);
}
