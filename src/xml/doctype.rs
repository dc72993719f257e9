//! Where a document type declaration ends, for [`Repair::SkipDoctype`](crate::Repair::SkipDoctype).

use quick_xml::{Reader, errors::SyntaxError, events::Event};

use super::{Fault, Problem, Read, is_space};
use crate::text::slice;

/// Returns where the document type declaration at `p` ends; `None` when it does not end in `text`. quick-xml finds the
/// end: it knows quotes, comments and the internal subset. What is inside is not checked.
pub(crate) fn end(text: &str, p: usize) -> Read<Option<usize>> {
    const OPENING: &str = "<!DOCTYPE";
    let fault = Fault::new(p, Problem::Doctype);
    let rest = slice(text, p..);
    #[cfg(test)]
    tests::SEARCHED.set(tests::SEARCHED.get() + rest.len());
    if rest.len() <= OPENING.len() && OPENING.starts_with(rest) {
        return Ok(None);
    }
    if !rest.strip_prefix(OPENING).is_some_and(|rest| rest.bytes().next().is_some_and(is_space)) {
        return Err(fault);
    }
    let mut reader = Reader::from_str(rest);
    match reader.read_event() {
        Ok(Event::DocType(_)) => Ok(usize::try_from(reader.buffer_position()).ok().map(|length| p + length)),
        Err(quick_xml::Error::Syntax(SyntaxError::UnclosedDoctype)) => Ok(None),
        _ => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use crate::parse::{After, Scanner, Step, Window};
    use crate::{Limit, Options, Repair};

    thread_local! {
        /// Bytes that were looked through for the end of a document type declaration.
        pub(super) static SEARCHED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn a_long_document_type_is_searched_in_linear_time() {
        let mut searched = Vec::new();
        for entities in [1_000, 2_000, 10_000] {
            let declarations: String = (0..entities).map(|n| format!("<!ENTITY e{n} \"]>\">")).collect();
            let doctype = format!("<!DOCTYPE multistatus [{declarations}]>");
            let body = format!("{doctype}<multistatus xmlns='DAV:'/>");
            let options = Options::new().repair(Repair::SkipDoctype).limit(Limit::TagBytes, 1 << 20);
            let mut scanner = Scanner::new(&options);
            SEARCHED.set(0);
            let mut advance = |end, after| {
                let window = Window { root_tag: "", text: &body[..end], after };
                scanner.advance(window).expect("nothing is wrong")
            };
            let steps = (16..body.len()).step_by(16).map(|end| advance(end, After::More));
            assert_eq!(steps.filter(|step| *step == Step::Head).count(), 0, "the root is in the last bytes");
            assert_eq!(advance(body.len(), After::End), Step::Head);
            searched.push(SEARCHED.get() as f64 / doctype.len() as f64);
        }
        // Each search is longer than the last one by an eighth: together nine times the length of the declaration.
        assert!(searched.iter().all(|times| (1.0..12.0).contains(times)), "{searched:?} times their length");
    }
}
