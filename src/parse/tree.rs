//! The nodes of an item together with their text: values and statuses.

use std::{borrow::Cow, convert::Infallible};

use super::{Children, Code, Node, Role, children, decode, node, status, trim};
use crate::{Tolerance, notes::Notes, repair::Repairs, text::slice};

/// The nodes of an item, and the text that the places in the nodes point into.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tree<'r, 'a> {
    pub(crate) nodes: &'r [Node],
    pub(crate) text: &'a str,
    pub(crate) repairs: Repairs,
}

impl<'r, 'a> Tree<'r, 'a> {
    #[inline]
    pub(crate) fn children(self, id: u32) -> Children<'r> {
        children(self.nodes, id)
    }

    /// Returns the text of an element, as XML means it.
    #[inline]
    pub(crate) fn value(self, id: u32) -> Cow<'a, str> {
        let Some(n) = node(self.nodes, id) else { return Cow::Borrowed("") };
        decode::content(n.content(self.text), n.flags, n.next != id + 1, self.repairs)
    }

    /// Returns the text of an href or status. Elements inside it are ignored (RFC 4918 section 17).
    #[inline]
    pub(crate) fn own_value(self, id: u32) -> Cow<'a, str> {
        match node(self.nodes, id) {
            Some(n) if n.next != id + 1 => Cow::Owned(self.between_children(id, n)),
            _ => self.value(id),
        }
    }

    #[cold]
    fn between_children(self, id: u32, n: &Node) -> String {
        let mut own = String::new();
        let mut add = |from: usize, to: usize| {
            let piece = slice(self.text, from..to);
            own.push_str(&decode::content(piece, n.flags, false, self.repairs));
        };
        let mut at = n.start as usize;
        for (_, child) in self.children(id) {
            add(at, child.at() as usize);
            at = child.outer_end(self.text);
        }
        add(at, n.end as usize);
        own
    }

    /// Whether an href or status has only white space, or nothing.
    pub(crate) fn is_blank(self, id: u32) -> bool {
        let content = node(self.nodes, id).map_or("", |n| n.content(self.text));
        match content.as_bytes().first() {
            None => true,
            Some(b'<' | b'&' | b' ' | b'\t' | b'\r' | b'\n') => trim(&self.own_value(id)).is_empty(),
            Some(_) => false,
        }
    }

    /// Returns the code of the status among the children of `parent`, and the first status that is not empty.
    #[inline]
    pub(crate) fn status(self, parent: u32) -> (Code, Option<u32>) {
        match self.judge_status(parent, |_, _| Ok::<(), Infallible>(())) {
            Ok(status) => status,
        }
    }

    /// As [`Tree::status`], but calls `forgive` with each status at fault and the faults.
    pub(crate) fn judge_status<E>(
        self,
        parent: u32,
        mut forgive: impl FnMut(u32, Notes) -> Result<(), E>,
    ) -> Result<(Code, Option<u32>), E> {
        let (mut code, mut first) = (Code::None, None);
        let statuses = self.children(parent).filter(|(_, n)| n.role == Role::Status);
        for (nth, (id, _)) in statuses.enumerate() {
            if nth == 1 {
                forgive(id, Tolerance::StatusRepeated.into())?;
            }
            let line = self.own_value(id);
            let line = match status::plain(&line) {
                Some(line) => line,
                None if trim(&line).is_empty() => {
                    forgive(id, Tolerance::StatusEmpty.into())?;
                    continue;
                }
                None => status::parse(&line),
            };
            forgive(id, line.forgiven)?;
            code = if first.is_none() || code == line.code { line.code } else { Code::Bad };
            first.get_or_insert(id);
        }
        Ok((code, first))
    }
}
