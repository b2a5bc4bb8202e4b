//! Who can sign in, in which tenants and with which roles, and what each role may do.
//! It must not know tokens or HTTP. All of it is public: this is a demo.

/// A tenant of the manager.
pub(crate) type Tenant = &'static str;

pub(super) const DEFAULT: Tenant = "default_tenant";
pub(super) const OSAKA: Tenant = "osaka-edge";
pub(super) const TENANTS: [Tenant; 2] = [DEFAULT, OSAKA];

/// What a user is in a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Manager,
    User,
    Viewer,
}

impl Role {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::User => "user",
            Self::Viewer => "viewer",
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct User {
    pub(super) name: &'static str,
    pub(super) password: &'static str,
    /// The only system role that matters: everything everywhere.
    pub(super) sys_admin: bool,
    pub(super) roles: &'static [(Tenant, Role)],
    /// The longest life of a token, for the account whose tokens always end soon.
    pub(super) token_limit_ms: Option<i64>,
}

const TWO_MINUTES: i64 = 120_000;

pub(super) const USERS: [User; 4] = [
    User {
        name: "admin",
        password: "admin",
        sys_admin: true,
        // As on a fresh manager: the administrator may use every tenant and is a member of one.
        roles: &[(DEFAULT, Role::User)],
        token_limit_ms: None,
    },
    User {
        name: "mona",
        password: "mona",
        sys_admin: false,
        roles: &[(DEFAULT, Role::Manager), (OSAKA, Role::Manager)],
        token_limit_ms: None,
    },
    User {
        name: "victor",
        password: "victor",
        sys_admin: false,
        roles: &[(DEFAULT, Role::Viewer), (OSAKA, Role::Viewer)],
        token_limit_ms: None,
    },
    User {
        name: "shorty",
        password: "shorty",
        sys_admin: false,
        roles: &[(DEFAULT, Role::Manager), (OSAKA, Role::Manager)],
        token_limit_ms: Some(TWO_MINUTES),
    },
];

/// Something a role allows or does not, under the name refusals give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum May {
    /// Looking at anything.
    Read(&'static str),
    /// Operations and tasks graphs: one permission for every verb, which viewers have too.
    Operations,
    /// Changing anything else.
    Write(&'static str),
    /// What only a system administrator does.
    Administer(&'static str),
}

impl May {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Read(name) | Self::Write(name) | Self::Administer(name) => name,
            Self::Operations => "operations",
        }
    }
}

impl User {
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        USERS.iter().find(|user| user.name == name)
    }

    pub(super) fn system_role(&self) -> &'static str {
        if self.sys_admin { "sys_admin" } else { "default" }
    }

    pub(super) fn role_in(&self, tenant: Tenant) -> Option<Role> {
        self.roles.iter().find(|(known, _)| *known == tenant).map(|(_, role)| *role)
    }

    pub(super) fn may(&self, what: May, tenant: Tenant) -> bool {
        let role = self.role_in(tenant);
        self.sys_admin
            || match what {
                May::Read(_) | May::Operations => role.is_some(),
                May::Write(_) => role.is_some_and(|role| role != Role::Viewer),
                May::Administer(_) => false,
            }
    }
}

pub(super) fn tenant(name: &str) -> Option<Tenant> {
    TENANTS.into_iter().find(|known| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_writes_operations_and_nothing_else() {
        let victor = User::named("victor").unwrap();
        assert!(victor.may(May::Read("execution_list"), OSAKA) && victor.may(May::Operations, OSAKA));
        assert!(!victor.may(May::Write("execution_cancel"), OSAKA));
        let mona = User::named("mona").unwrap();
        assert!(mona.may(May::Write("execution_cancel"), DEFAULT));
        assert!(!mona.may(May::Administer("set_execution_details"), DEFAULT));
        assert!(User::named("admin").unwrap().may(May::Administer("set_owner"), OSAKA));
    }
}
