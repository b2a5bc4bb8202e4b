//! Scripts without what only people read: whole-line comments and indentation. Nothing inside a line changes, so
//! nothing can break; brotli does the rest.

/// The script without comment lines and indentation. One with a text that runs over several lines stays as it is,
/// because blanks at the start of a line could be part of it.
pub fn smaller(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        let begins = line.starts_with("/*");
        if in_comment || begins {
            // A comment block stands alone on its lines; code behind its end would be lost, so such a line is kept.
            let ends = line.find("*/").map(|at| at + 2);
            in_comment = ends.is_none();
            match ends.and_then(|at| line.get(at..)).map(str::trim) {
                Some(code) if !code.is_empty() => out.push_str(code),
                _ => continue,
            }
        } else if line.is_empty() || line.starts_with("//") {
            continue;
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::smaller;

    #[test]
    fn comments_and_indentation_go() {
        let script = "/**\n * @param {number} a\n */\nfunction f(a) {\n    // why\n    return \"//no\" + a; // stays\n}\n/* x */ g();\n";
        assert_eq!(smaller(script), "function f(a) {\nreturn \"//no\" + a; // stays\n}\ng();\n");
    }

    #[test]
    fn a_text_over_several_lines_keeps_the_script_as_it_is() {
        let script = "const a = `one\n    two`;\n";
        assert_eq!(smaller(script), script);
    }
}
