//! Starts the console in the page's `#app`.

fn main() {
    longrun::app::start();
}
