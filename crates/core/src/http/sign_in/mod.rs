//! Ways to sign in: one table of what each asks for, the request that gets a token, the answer, and the request that
//! ends it. Keeps nothing and sends nothing.

pub mod cloudify;
pub mod keystone;
pub mod xiq;

use super::{ApiError, ApiRequest, ApiResponse, HeaderValue, Secret};
use crate::time::Millis;

/// A token with its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What is sent with every call. Empty where the API asks for none.
    pub token: Secret,
    /// When it dies, where the server told. UTC.
    pub expires: Option<Millis>,
    /// Who the server says is signed in.
    pub user: Option<String>,
    /// The console got the token itself. Another one is somebody's own: signing out here must not end it elsewhere.
    pub made_here: bool,
}

impl Session {
    /// A token that the user pasted; nothing else is known of it.
    pub fn pasted(token: Secret) -> Session {
        Session { token, expires: None, user: None, made_here: false }
    }

    /// True from the moment when the token is dead. A token of unknown end never is; the server will tell.
    pub fn has_expired(&self, now: Millis) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }
}

/// How a user proves who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignInKind {
    /// Keystone v3: key and secret for a project.
    Keystone,
    /// Cloudify Manager: name and password, exchanged for a token that ends.
    Cloudify,
    /// ExtremeCloud IQ: name and password, exchanged for a token of one day.
    Xiq,
    /// A pasted token, sent as `Authorization: Bearer`.
    Bearer,
    /// A pasted token, sent in the API's own header.
    TokenHeader,
    /// Nothing is asked for.
    #[default]
    None,
}

/// What the form of one way to sign in asks for.
#[derive(Debug)]
pub struct Asks {
    /// Name in `config.json`.
    pub name: &'static str,
    /// Words on screen.
    pub label: &'static str,
    /// Labels of the name and the secret, where they are exchanged for a token.
    pub pair: Option<(&'static str, &'static str)>,
    /// A token from elsewhere can be used.
    pub token: bool,
    /// The address of a sign-in server of its own is needed.
    pub url: bool,
    /// A project is needed.
    pub project: bool,
    /// One line under the form.
    pub hint: &'static str,
}

impl SignInKind {
    /// Every way.
    pub const ALL: [SignInKind; 6] = [
        SignInKind::Keystone,
        SignInKind::Cloudify,
        SignInKind::Xiq,
        SignInKind::Bearer,
        SignInKind::TokenHeader,
        SignInKind::None,
    ];

    /// What its form asks for.
    pub fn asks(self) -> &'static Asks {
        match self {
            SignInKind::Keystone => &Asks {
                name: "keystone",
                label: "Keystone: API key and secret",
                pair: Some(("API key", "API secret key")),
                token: true,
                url: true,
                project: true,
                hint: "The key and secret are used once and not kept.",
            },
            SignInKind::Cloudify => &Asks {
                name: "cloudify",
                label: "Cloudify: user name and password",
                pair: Some(("User name", "Password")),
                token: true,
                url: false,
                project: false,
                hint: "The password is exchanged for a token that ends after ten hours, and is not kept. Signing out deletes the token.",
            },
            SignInKind::Xiq => &Asks {
                name: "xiq",
                label: "ExtremeCloud IQ: user name and password",
                pair: Some(("User name", "Password")),
                token: true,
                url: false,
                project: false,
                hint: "The password is exchanged for a token of one day, and is not kept.",
            },
            SignInKind::Bearer => &Asks {
                name: "bearer",
                label: "Access token",
                pair: None,
                token: true,
                url: false,
                project: false,
                hint: "It stays in this tab until you sign out or close it.",
            },
            SignInKind::TokenHeader => &Asks {
                name: "token-header",
                label: "Token of this API",
                pair: None,
                token: true,
                url: false,
                project: false,
                hint: "It stays in this tab until you sign out or close it.",
            },
            SignInKind::None => &Asks {
                name: "none",
                label: "No sign-in",
                pair: None,
                token: false,
                url: false,
                project: false,
                hint: "",
            },
        }
    }

    /// Reads the name of `config.json`.
    pub fn parse(name: &str) -> Option<SignInKind> {
        SignInKind::ALL.into_iter().find(|kind| kind.asks().name == name)
    }
}

/// How one connection signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// By what.
    pub kind: SignInKind,
    /// Address of the sign-in server; empty where it is the API itself.
    pub url: String,
    /// Project that the token is for; empty where none is asked for.
    pub project: String,
}

impl SignIn {
    /// The request that exchanges a name and a secret for a token. `base` is the API's. `None` where this way has none.
    pub fn request(&self, base: &str, name: &str, secret: &Secret) -> Option<ApiRequest> {
        match self.kind {
            SignInKind::Keystone => Some(keystone::password(&self.url, &self.project, name, secret)),
            SignInKind::Cloudify => Some(cloudify::token(base, name, secret)),
            SignInKind::Xiq => Some(xiq::login(base, name, secret)),
            SignInKind::Bearer | SignInKind::TokenHeader | SignInKind::None => None,
        }
    }

    /// Reads the answer to [`request`](SignIn::request). `now` is the moment of the answer on this machine.
    pub fn session(&self, name: &str, response: &ApiResponse, now: Millis) -> Result<Session, ApiError> {
        match self.kind {
            SignInKind::Cloudify => cloudify::parse(response, now),
            SignInKind::Xiq => xiq::parse(name, response, now),
            _ => keystone::parse(response, now),
        }
    }

    /// The request that ends a token on the server. `None` where the server has no such call, and for a token that
    /// was pasted.
    pub fn sign_out(&self, base: &str, session: &Session) -> Option<ApiRequest> {
        if !session.made_here {
            return None;
        }
        match self.kind {
            SignInKind::Keystone => Some(keystone::revoke(&self.url, &session.token)),
            SignInKind::Cloudify => cloudify::delete(base, &session.token),
            SignInKind::Xiq => Some(xiq::logout(base, &session.token)),
            SignInKind::Bearer | SignInKind::TokenHeader | SignInKind::None => None,
        }
    }
}

/// How an API wants its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenAs {
    /// Name of the header, in lower case.
    pub header: &'static str,
    /// What stands before the token: `Bearer ` or nothing.
    pub prefix: &'static str,
}

impl TokenAs {
    /// Puts the session's token on a request; a session without a token leaves it as it is.
    #[must_use]
    pub fn sign(self, request: ApiRequest, session: Option<&Session>) -> ApiRequest {
        match session.map(|session| session.token.reveal()).filter(|token| !token.is_empty()) {
            None => request,
            Some(token) => {
                let mut signed = request;
                let value = Secret::new(format!("{}{token}", self.prefix));
                signed.headers.push((self.header, HeaderValue::Secret(value)));
                signed
            }
        }
    }
}

/// `Authorization: Bearer <token>`.
pub const BEARER: TokenAs = TokenAs { header: "authorization", prefix: "Bearer " };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_token_is_somebodys_own_and_outlives_signing_out() {
        for kind in SignInKind::ALL {
            let way = SignIn { kind, url: "/keystone/v3".into(), project: "p".into() };
            let pasted = Session::pasted(Secret::new("ctok-abc-def"));
            assert_eq!(way.sign_out("/base", &pasted), None, "{}", kind.asks().name);
            let ours = Session { made_here: true, ..pasted };
            let ends = way.sign_out("/base", &ours).is_some();
            assert_eq!(ends, kind.asks().pair.is_some(), "{}", kind.asks().name);
        }
    }
}
