//! Who one is and how one stays signed in: tokens, tenants, the user and what roles may do.
//! It must not know executions.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::super::accounts::{TENANTS, Tenant, USERS, User};
use super::super::call::Call;
use super::super::dates;
use super::super::door::Reply;
use super::super::listing::{self, Column, Field, Item, field};
use super::super::manager::Manager;
use super::super::refusal::{Outcome, Refusal};
use super::super::tokens::Token;

pub(super) fn tokens(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let seen = manager.tokens.seen_by(call.user);
    Reply::ok(&listing::envelope(call.query, &listing::list(call.query, seen)?)?)
}

fn unknown(id: &str) -> Refusal {
    Refusal::missing(format!("Could not find token {id}"))
}

pub(super) fn token(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let seen = manager.tokens.seen_by(call.user);
    let token = seen.iter().find(|token| token.id == call.id()).ok_or_else(|| unknown(call.id()))?;
    Reply::ok(&listing::shown(token, &listing::included::<Token>(call.query)?))
}

/// The only time the whole token is shown.
pub(super) fn new_token(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let expires_ms = match call.text("expiration_date")? {
        None => None,
        Some(text) => {
            let crash = || Refusal::crash(&format!("Could not parse the date {text}"));
            Some(dates::parse_expiry(text, call.now).ok_or_else(crash)?)
        }
    };
    if expires_ms.is_some_and(|end| end <= call.now) {
        return Err(Refusal::bad("Expiration date was in the past."));
    }
    let description = call.text("description")?.map(str::to_owned);
    let fields = listing::included::<Token>(call.query)?;
    let token = manager.tokens.issue(call.user, description, expires_ms, call.now);
    let mut body = listing::shown(&token, &fields);
    if let Some(value) = body.get_mut("value") {
        *value = token.value().into();
    }
    Reply::ok(&body)
}

pub(super) fn end_token(manager: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    if manager.tokens.end(call.id(), call.user) { Reply::empty() } else { Err(unknown(call.id())) }
}

struct TenantView(Tenant);

impl Item for TenantView {
    const FIELDS: &'static [Field] = &[
        field("name", Column::Text),
        field("groups", Column::Int),
        field("users", Column::Int),
        field("user_roles", Column::Json),
        field("rabbitmq_username", Column::Text),
        field("rabbitmq_password", Column::Text),
        field("rabbitmq_vhost", Column::Text),
    ];

    fn value(&self, field: &str) -> Value {
        let users = || USERS.iter().filter(|user| user.role_in(self.0).is_some()).count();
        match field {
            "name" => self.0.into(),
            "groups" => 0.into(),
            "users" => users().into(),
            _ => Value::Null,
        }
    }
}

/// The community edition shows every tenant to everyone.
pub(super) fn tenants(_: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    if call.query.flag("_get_data")? && !call.user.sys_admin {
        return Err(Refusal::forbidden(format!(
            "User `{}` is not permitted to perform the action tenant_list_get_data",
            call.user.name
        )));
    }
    let all = TENANTS.into_iter().map(TenantView).collect();
    Reply::ok(&listing::envelope(call.query, &listing::list(call.query, all)?)?)
}

pub(super) fn tenant(_: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let tenant = super::super::accounts::tenant(call.id());
    let tenant = tenant.ok_or_else(|| Refusal::not_found("Tenant", call.id()))?;
    Reply::ok(&listing::shown(&TenantView(tenant), &listing::included::<TenantView>(call.query)?))
}

/// The caller; tenants as counts unless the data are asked for.
pub(super) fn user(_: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    let user = call.user;
    let roles = |user: &User, shape: fn(&'static str) -> Value| -> Map<String, Value> {
        user.roles.iter().map(|(tenant, role)| ((*tenant).to_owned(), shape(role.name()))).collect()
    };
    let (tenants, groups) = if call.query.flag("_get_data")? {
        let both = |role| json!({ "tenant-role": role, "roles": [role] });
        (Value::Object(roles(user, both)), json!([]))
    } else {
        (user.roles.len().into(), json!(0))
    };
    let number = USERS.iter().position(|known| known == user).unwrap_or(0);
    let since = call.now - 90 * 86_400_000 - i64::try_from(number).unwrap_or(0) * 3_600_000;
    Reply::ok(&json!({
        "username": user.name, "tenants": tenants, "groups": groups, "role": user.system_role(),
        "tenant_roles": { "direct": roles(user, Value::from), "groups": {} },
        "group_system_roles": {}, "active": true, "created_at": dates::shown(since),
        "first_login_at": dates::shown(since + 60_000), "last_login_at": dates::shown(call.now),
        "is_locked": false, "show_getting_started": false, "password_hash": null,
    }))
}

/// What roles may do, as far as the demo has it. For others this is a 401 that is no lost session.
pub(super) fn permissions(_: &mut Manager, call: &Call<'_>) -> Outcome<Reply> {
    if !call.user.sys_admin {
        return Err(Refusal::unauthorized("Only admin users are permitted to edit permissions"));
    }
    const READS: [&str; 12] = [
        "execution_list",
        "execution_get",
        "execution_should_start",
        "execution_group_list",
        "execution_group_get",
        "deployment_list",
        "deployment_get",
        "deployment_group_list",
        "deployment_group_get",
        "blueprint_list",
        "blueprint_get",
        "event_list",
    ];
    const WRITES: [&str; 11] = [
        "execution_start",
        "execution_cancel",
        "execution_status_update",
        "execution_delete",
        "execution_group_create",
        "execution_group_cancel",
        "execution_group_update",
        "event_create",
        "event_delete",
        "deployment_group_create",
        "deployment_group_update",
    ];
    const ADMINISTERS: [&str; 7] = [
        "set_execution_details",
        "set_timestamp",
        "set_owner",
        "set_execution_group_details",
        "maintenance_mode_set",
        "all_tenants",
        "manage_others_tokens",
    ];
    let mut rows = Vec::new();
    for role in ["sys_admin", "manager", "user", "operations", "viewer"] {
        let writes = role != "viewer";
        let administers = role == "sys_admin";
        let granted = READS
            .iter()
            .chain(["operations"].iter())
            .chain(WRITES.iter().filter(|_| writes))
            .chain(ADMINISTERS.iter().filter(|_| administers));
        rows.extend(granted.map(|permission| json!({ "role": role, "permission": permission })));
    }
    let total = rows.len();
    let page = call.query.page(1000)?;
    let items = page.cut(rows.into_iter());
    Ok(Reply::with(StatusCode::OK, &json!({ "items": items, "metadata": listing::metadata(total, page) })))
}

pub(super) fn premium(_: &mut Manager, _: &Call<'_>) -> Outcome<Reply> {
    Err(Refusal::premium())
}
