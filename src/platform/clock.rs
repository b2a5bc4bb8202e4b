//! The time of the machine. Everything that computes with time takes it as an argument; this is where it comes from.

/// Milliseconds since 1970 in UTC.
#[expect(clippy::cast_possible_truncation, reason = "a date in milliseconds is whole and far below 2^53")]
pub fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// Milliseconds since the page began, with fractions; never goes back. For measuring, not for showing.
pub fn since_start() -> f64 {
    super::window()
        .and_then(|window| window.performance())
        .map_or_else(js_sys::Date::now, |clock| clock.now())
}
