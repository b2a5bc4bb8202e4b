//! Measures the colours of `style/tokens.css`: in every theme each text and each mark must stand out from every surface
//! that it can lie on. Knows the names of the tokens; not where they are used.

/// What texts and marks lie on.
const SURFACES: [&str; 7] = ["canvas", "rail", "surface", "raised", "sunken", "hover", "accent-bg"];
const TEXTS: [&str; 17] = [
    "text",
    "text-2",
    "text-3",
    "accent",
    "waiting",
    "running",
    "cancelling",
    "stuck",
    "succeeded",
    "failed",
    "cancelled",
    "unknown",
    "danger",
    "caution",
    "code-str",
    "code-num",
    "code-lit",
];
const MARKS: [&str; 16] = [
    "control",
    "waiting-mark",
    "running-mark",
    "cancelling-mark",
    "stuck-mark",
    "succeeded-mark",
    "failed-mark",
    "cancelled-mark",
    "unknown-mark",
    "caution-mark",
    "band-ochre",
    "band-moss",
    "band-sea",
    "band-sky",
    "band-plum",
    "band-clay",
];
/// Text on a ground of its own.
const PAIRS: [(&str, &str); 3] =
    [("accent-text", "accent"), ("accent-text", "accent-hover"), ("danger-text", "danger-solid")];

/// A token with its colour in the light and in the dark, as red, green and blue.
type Token = (String, [[u8; 3]; 2]);

/// The colours in a block of declarations.
fn colours(block: &str) -> Vec<Token> {
    let one = |line: &str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
        let inner = value.trim().strip_prefix("light-dark(")?.split_once(')')?.0;
        let (light, dark) = inner.split_once(',')?;
        Some((name.to_owned(), [rgb(light.trim())?, rgb(dark.trim())?]))
    };
    block.lines().filter_map(one).collect()
}

fn rgb(text: &str) -> Option<[u8; 3]> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The block of declarations behind a selector, at the first place where it stands after `from`.
fn block<'a>(sheet: &'a str, from: &str, selector: &str) -> &'a str {
    let rest = sheet.split_once(from).map_or("", |(_, rest)| rest);
    let inner = rest.split_once(selector).map_or("", |(_, rest)| rest);
    inner.split_once('}').map_or("", |(block, _)| block)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// As WCAG defines it: from 1 to 21.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What stands out too little, a line each.
fn faint(theme: &str, tokens: &[Token], text: f64, mark: f64) -> Vec<String> {
    let of = |name: &str| tokens.iter().rev().find(|(known, _)| known == name).map(|(_, colour)| *colour);
    let mut faint = vec![];
    let mut measure = |name: &str, ground: &str, least: f64| {
        let (Some(fore), Some(back)) = (of(name), of(ground)) else {
            faint.push(format!("{theme}: {name} or {ground} has no colour"));
            return;
        };
        for (scheme, fore, back) in [("light", fore[0], back[0]), ("dark", fore[1], back[1])] {
            let found = contrast(fore, back);
            if found < least {
                faint.push(format!("{theme}, {scheme}: {name} on {ground} is {found:.2}, not {least}"));
            }
        }
    };
    for surface in SURFACES {
        TEXTS.iter().for_each(|name| measure(name, surface, text));
        MARKS.iter().for_each(|name| measure(name, surface, mark));
    }
    for name in TEXTS {
        let own = format!("{name}-bg");
        if of(&own).is_some() {
            measure(name, &own, text);
            measure(&format!("{name}-mark"), &own, mark);
            measure("text", &own, text);
        }
    }
    PAIRS.iter().for_each(|(name, ground)| measure(name, ground, text));
    faint
}

fn sheet() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../style/tokens.css");
    std::fs::read_to_string(path).unwrap()
}

const USUAL: &str = ":root {";
const CHOSEN: &str = r#":root[data-theme="contrast"] {"#;
const WISHED: &str = ":root:not([data-theme]) {";

#[test]
fn every_theme_keeps_the_contrast_that_it_promises() {
    let sheet = sheet();
    let usual = colours(block(&sheet, "@layer tokens {", USUAL));
    assert!(usual.len() > 40, "{} tokens read", usual.len());
    let mut high = usual.clone();
    high.extend(colours(block(&sheet, "", CHOSEN)));
    // Accent is a mark as well as a text; its tint is named after it, but its mark is the accent itself.
    let own = |faint: Vec<String>| -> Vec<String> {
        faint.into_iter().filter(|line| !line.contains("accent-mark")).collect()
    };
    let mut found = own(faint("usual", &usual, 4.5, 3.0));
    found.extend(own(faint("high contrast", &high, 7.0, 4.5)));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn high_contrast_is_the_same_whoever_asks_for_it() {
    let sheet = sheet();
    let lines = |block: &str| {
        block.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    let chosen = lines(block(&sheet, "", CHOSEN));
    assert!(chosen.len() > 30);
    assert_eq!(chosen, lines(block(&sheet, "", WISHED)));
}

#[test]
fn contrast_is_measured_as_defined() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([0x77; 3], [255; 3]) - 4.478).abs() < 0.001);
    assert!(!faint("none", &[], 4.5, 3.0).is_empty());
}
