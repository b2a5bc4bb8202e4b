//! The `config.json` of the demo: three connections, one per account. It must not know how it is served.

/// What `/config.json` says unless a file or a test says otherwise.
pub const CONFIG_JSON: &str = r#"{
  "title": "Longrun demo",
  "allow_other_connections": true,
  "connections": [
    {
      "id": "ecl-demo", "name": "ECL demo", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance",
      "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "13572f6f42a74d2b82f7099f78d0393a" },
      "tenant": null, "band": "sea", "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720
    },
    {
      "id": "ecl-tenant", "name": "ECL tenant Osaka", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance",
      "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "9ae2b07c4d1e4f6a8b3c5d7e9f012345" },
      "tenant": "9ae2b07c4d1e4f6a8b3c5d7e9f012345", "band": "plum", "mode": "read-only", "poll_seconds": "auto",
      "requests_per_hour": 720
    },
    {
      "id": "ecl-short", "name": "ECL short tokens", "api": "ecl-vna", "base": "/ecl/virtual-network-appliance",
      "sign_in": { "kind": "keystone", "url": "/ecl/keystone/v3", "project": "13572f6f42a74d2b82f7099f78d0393a" },
      "tenant": null, "band": "ochre", "mode": "armed-on-demand", "poll_seconds": "auto", "requests_per_hour": 720
    }
  ]
}
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ecl::accounts::ACCOUNTS;

    #[test]
    fn there_is_a_connection_for_every_account() {
        let config: serde_json::Value = serde_json::from_str(CONFIG_JSON).unwrap();
        let connections = config["connections"].as_array().unwrap();
        assert_eq!(connections.len(), ACCOUNTS.len());
        for (connection, account) in connections.iter().zip(&ACCOUNTS) {
            assert_eq!(connection["sign_in"]["project"], account.project);
            let pinned = connection["tenant"].as_str();
            assert_eq!(pinned, (!account.sees_all).then_some(account.project));
        }
    }
}
