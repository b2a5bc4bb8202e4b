//! The request bodies that started the operations, as their senders wrote them: one shape per request type.
//! It must not know how an operation went.

use super::Kind;
use super::appliance::{Appliance, Interface};
use crate::chance::Chance;
use crate::json_text::{Object, object, quoted};

const NOTES: [&str; 8] = [
    "Change CHG0041{} approved by network operations",
    "大阪DC 定期メンテナンス {}",
    "Branch roll-out, wave {}",
    "Replaces the appliance of rack {}",
    "Requested by ticket INC00{}",
    "Blue/green switch, step {}",
    "",
    "Temporary rule set until {} days after cut-over",
];

/// The JSON text of `request_body`: an object, or a text that holds one, or `null`.
pub(super) fn request_body(kind: Kind, appliance: &Appliance, powered: bool, chance: &mut Chance) -> String {
    let mut body = String::with_capacity(1024);
    match kind {
        Kind::Create => {
            object(&mut body, |o| o.object("virtual_network_appliance", |o| create(o, appliance, chance)));
        }
        Kind::Update => {
            object(&mut body, |o| o.object("virtual_network_appliance", |o| update(o, appliance, chance)));
        }
        Kind::Delete => return "null".to_owned(),
        Kind::Action => body.push_str(action(powered, chance)),
    }
    // The service stores a body as it came: some callers send it encoded twice.
    if chance.below(4) == 0 {
        let mut text = String::with_capacity(body.len() + body.len() / 4);
        quoted(&mut text, &body);
        return text;
    }
    body
}

fn note(chance: &mut Chance) -> String {
    chance.pick(&NOTES).replace("{}", &chance.between(10, 99).to_string())
}

fn create(o: &mut Object<'_>, appliance: &Appliance, chance: &mut Chance) {
    o.text("name", &appliance.name);
    o.text("description", &note(chance));
    o.text("virtual_network_appliance_plan_id", &appliance.plan_id());
    o.text("default_gateway", &appliance.gateway());
    o.text("availability_zone", appliance.zone());
    o.text("tenant_id", appliance.tenant);
    o.object("tags", |o| tags(o, chance));
    o.object("interfaces", |o| {
        for interface in appliance.interfaces() {
            o.object(&format!("interface_{}", interface.number), |o| wired(o, &interface));
        }
    });
    o.object("initial_config", |o| {
        let password = secret(chance);
        o.text("format", "set");
        o.text(
            "data",
            &format!(
                "set system host-name {name}\nset system root-authentication plain-text-password {password}\nset system services ssh\nset security zones security-zone trust interfaces ge-0/0/1\nset routing-options static route 0.0.0.0/0 next-hop {gateway}\n",
                name = appliance.name,
                gateway = appliance.gateway()
            ),
        );
        o.text("admin_username", "root");
        o.text("admin_password", &password);
        o.text("snmp_community_secret", &secret(chance));
    });
}

fn secret(chance: &mut Chance) -> String {
    format!("Lr-{:010x}!", chance.below(1 << 40))
}

fn tags(o: &mut Object<'_>, chance: &mut Chance) {
    o.text("environment", chance.pick(&["production", "staging", "disaster-recovery"]));
    o.text("cost_center", &format!("CC-{}", chance.between(1000, 9999)));
}

fn wired(o: &mut Object<'_>, interface: &Interface) {
    o.text("name", interface.name);
    o.text("description", &format!("{} segment", interface.name));
    o.text("network_id", &interface.network_id);
    o.object("tags", |_| {});
    o.list_of_one("fixed_ips", |o| o.text("ip_address", &interface.address));
}

fn update(o: &mut Object<'_>, appliance: &Appliance, chance: &mut Chance) {
    if chance.below(3) == 0 {
        o.text("name", &appliance.name);
    }
    o.text("description", &note(chance));
    if chance.below(2) == 0 {
        o.object("tags", |o| tags(o, chance));
    }
    let interfaces = appliance.interfaces();
    let changed = chance.index(interfaces.len()) + 1;
    o.object("interfaces", |o| {
        for interface in interfaces.iter().take(changed) {
            o.object(&format!("interface_{}", interface.number), |o| {
                wired(o, interface);
                let vrrp = chance.below(2) == 0;
                o.list_of_one("allowed_address_pairs", |o| {
                    o.text("ip_address", &interface.virtual_address);
                    o.text("mac_address", if vrrp { "" } else { "fa:16:3e:5c:20:0a" });
                    o.text("type", if vrrp { "vrrp" } else { "" });
                    o.json("vrid", &if vrrp { chance.between(1, 255).to_string() } else { "null".into() });
                });
            });
        }
    });
}

fn action(powered: bool, chance: &mut Chance) -> &'static str {
    if !powered {
        return r#"{"os-start": null}"#;
    }
    chance.pick(&[
        r#"{"os-restart": null}"#,
        r#"{"os-restart": null}"#,
        r#"{"os-stop": null}"#,
        r#"{"reallocate": null}"#,
        r#"{"format": "set"}"#,
        r#"{"os-getVNCConsole": {"type": "novnc"}}"#,
        "{}",
    ])
}

/// What an action's body does to the power of its appliance, if anything.
pub(super) fn power_after(body: &str) -> Option<bool> {
    if body.contains("os-stop") {
        Some(false)
    } else {
        (body.contains("os-start") || body.contains("os-restart")).then_some(true)
    }
}
