//! The `config.json` of the demo: the connections of every API it plays. It must not know how it is served.

use crate::apis;

/// What `/config.json` says unless a file or a test says otherwise.
pub fn config_json() -> String {
    let connections: Vec<&str> = apis::ALL.iter().map(|api| api.connections).collect();
    let connections = connections.join(",\n    ");
    format!(
        "{{\n  \"title\": \"Longrun demo\",\n  \"allow_other_connections\": true,\n  \"connections\": [\n    {connections}\n  ]\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ecl::accounts::ACCOUNTS;

    #[test]
    fn every_connection_has_an_id_of_its_own_and_what_the_console_needs() {
        let config: serde_json::Value = serde_json::from_str(&config_json()).unwrap();
        let mut ids = std::collections::HashSet::new();
        for connection in config["connections"].as_array().unwrap() {
            for key in ["id", "name", "api", "base", "mode"] {
                assert!(connection[key].is_string(), "{key} of {connection}");
            }
            assert!(connection["sign_in"]["kind"].is_string(), "{connection}");
            assert!(ids.insert(connection["id"].clone()), "{connection}");
        }
    }

    #[test]
    fn there_is_a_connection_for_every_ecl_account() {
        let config: serde_json::Value = serde_json::from_str(&config_json()).unwrap();
        let connections: Vec<_> =
            config["connections"].as_array().unwrap().iter().filter(|c| c["api"] == "ecl-vna").collect();
        assert_eq!(connections.len(), ACCOUNTS.len());
        for (connection, account) in connections.iter().zip(&ACCOUNTS) {
            assert_eq!(connection["sign_in"]["project"], account.project);
            let pinned = connection["tenant"].as_str();
            assert_eq!(pinned, (!account.sees_all).then_some(account.project));
        }
    }
}
