//! What Leptos' renderer asks of a view, for [`El`] and [`Node`]: so components can be made of them. The console is
//! drawn in the browser only; rendering to text is not part of it.

use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::{Mountable, Render, RenderHtml};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::view::{Position, PositionState};
use web_sys::Element;

use super::build::{self, Built};
use super::{El, Node};

/// What is on the page.
pub struct Placed(Built);

impl Mountable for Placed {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&web_sys::Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(first) = self.0.first() else { return false };
        let parent = first.parent_element();
        parent.is_some_and(|parent| {
            child.mount(&parent, Some(&first));
            true
        })
    }

    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}

macro_rules! a_view {
    ($view:ty, $build:path) => {
        impl Render for $view {
            type State = Placed;

            fn build(self) -> Placed {
                Placed($build(self))
            }

            fn rebuild(self, state: &mut Placed) {
                let new = $build(self);
                if let Some(first) = state.0.first()
                    && let Some(parent) = first.parent_node()
                {
                    new.mount(&parent, Some(&first));
                }
                std::mem::replace(&mut state.0, new).unmount();
            }
        }

        no_attrs!($view);

        impl RenderHtml for $view {
            type AsyncOutput = Self;
            type Owned = Self;

            const MIN_LENGTH: usize = 0;

            fn dry_resolve(&mut self) {}

            async fn resolve(self) -> Self {
                self
            }

            fn to_html_with_buf(
                self,
                _: &mut String,
                _: &mut Position,
                _: bool,
                _: bool,
                _: Vec<AnyAttribute>,
            ) {
            }

            fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Placed {
                self.build()
            }

            fn into_owned(self) -> Self {
                self
            }
        }
    };
}

a_view!(El, build::el);
a_view!(Node, build::node);
