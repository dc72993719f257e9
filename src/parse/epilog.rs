//! From the end of the root to the end of the body.

use super::{
    chars,
    fault::{Fault, Problem},
    markup::{self, Kind},
    prolog::MARK,
    scan::{After, Part, Scanner, Step},
    text,
};
use crate::Repair;

impl Scanner {
    /// Comments, instructions and white space after the root, up to the end of the body.
    pub(crate) fn epilog(&mut self, window: &str, after: After) -> Result<Option<Step>, Fault> {
        let d = window.as_bytes();
        loop {
            while d.get(self.pos).is_some_and(|&b| chars::is_space(b)) {
                self.pos += 1;
            }
            let Some(&next) = d.get(self.pos) else { break };
            let is_padding = window.get(self.pos..).is_some_and(|rest| rest.starts_with(['\0', MARK]));
            let behind = Fault::new(self.pos, if is_padding { Problem::Padding } else { Problem::Behind });
            if is_padding && self.options.repairs().has(Repair::BytesAfterRoot) {
                self.trail.notes.repair(Repair::BytesAfterRoot);
                self.pos += if next == 0 { 1 } else { MARK.len_utf8() };
                continue;
            }
            if next != b'<' {
                return Err(behind);
            }
            match markup::kind(d, self.pos)? {
                None => return Ok(Some(Step::NeedInput)),
                Some(kind @ (Kind::Comment | Kind::Instruction)) => {
                    if !self.pass_comment_or_instruction(window, kind)? {
                        return Ok(Some(Step::NeedInput));
                    }
                }
                Some(_) => return Err(behind),
            }
        }
        match after {
            After::End if self.part == Part::Epilog => {
                self.part = Part::End;
                // Another root than multistatus is given out now that the body is known to be complete.
                let is_whole = !self.is_multistatus();
                Ok(if is_whole { Some(Step::Item) } else { None })
            }
            _ => Ok(Some(Step::NeedInput)),
        }
    }

    /// A comment or an instruction outside the root. `false`: it does not end in the window.
    pub(crate) fn pass_comment_or_instruction(&mut self, window: &str, kind: Kind) -> Result<bool, Fault> {
        let Some(end) = self.markup_end(kind, window.as_bytes(), self.pos)? else { return Ok(false) };
        let mut flags = 0;
        markup::check(kind, window, self.pos, end, self.options.repairs(), &mut flags)?;
        text::note_repairs(flags, &mut self.trail.notes);
        self.pos = end;
        self.run_from = end;
        Ok(true)
    }
}
