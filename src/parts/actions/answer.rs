//! What the server answered to a question, in a dialog.

use crate::reactive::prelude::*;

use crate::ui::el::{Node, el};
use crate::ui::{CopyButton, Dialog};

/// The answer, to be read and copied.
#[component]
pub fn Answer(title: String, says: String, on_close: Callback<()>) -> Node {
    let text = says.clone();
    let body = [
        Node::from(el("p").class("said").attr("role", "status").text(says)),
        el("div")
            .child(
                view! { <CopyButton label="Copy the answer" value=Callback::new(move |()| text.clone()) /> },
            )
            .into(),
    ];
    view! { <Dialog title=title on_close=on_close body=body /> }.into()
}
