//! Signing in to a connection, in place.

use crate::failure::Outcome;
use crate::find::{Find, role};
use crate::stage::Stage;

/// Whom to sign in as.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// The connection's name on the screen.
    pub connection: &'static str,
    pub key: &'static str,
    pub secret: &'static str,
}

impl Account {
    /// Sees every tenant.
    pub const ALL: Self = Self { connection: "ECL demo", key: "APIKEY", secret: "APISECRET" };
    /// Sees one tenant, through a read-only connection.
    pub const TENANT: Self =
        Self { connection: "ECL tenant Osaka", key: "TENANTKEY", secret: "TENANTSECRET" };
    /// Its tokens die after two minutes.
    pub const SHORT: Self = Self { connection: "ECL short tokens", key: "SHORTKEY", secret: "SHORTSECRET" };

    pub fn form(&self) -> Find {
        role("form").named(format!("Sign in to {}", self.connection))
    }
}

impl Stage {
    /// Fills the form on the screen and sends it; what comes of it is for the journey to see.
    pub async fn sign_in_with(&self, account: Account, secret: &str) -> Outcome {
        let form = account.form();
        self.browser.fill(&role("textbox").starting("API key").inside(form.clone()), account.key).await?;
        self.browser.fill(&role("textbox").starting("API secret key").inside(form.clone()), secret).await?;
        self.browser.click(&role("button").named("Sign in").inside(form)).await
    }

    pub async fn sign_in(&self, account: Account) -> Outcome {
        self.sign_in_with(account, account.secret).await?;
        self.browser.gone(&account.form()).await
    }

    /// Says in the form for a connection which API it is for.
    pub async fn choose_api(&self, title: &str) -> Outcome {
        let form = role("form").named("Connection");
        self.browser.choose(&role("combobox").named("API").inside(form), title).await
    }

    /// Opens a path of the first demo connection and signs in there.
    pub async fn enter(&self, path: &str) -> Outcome {
        self.open(path).await?;
        self.sign_in(Account::ALL).await
    }
}
