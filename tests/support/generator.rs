//! Multistatus documents made from a string of bytes: each byte is a choice. When there are no more, everything that is
//! open is closed. The same bytes make the same document, so that a fuzzer can look for documents by changing bytes.
//!
//! Most are well-formed and hold whatever servers and hostile hands may write in whatever place; one in six is damaged.

#[path = "pieces.rs"]
mod pieces;

use pieces::{
    AROUND, BETWEEN, DECLARATIONS, HREFS, NAMES, NAMESPACES, PREFIXES, ROOTS, STATUSES, TEXTS, VALUES,
};

/// Structural elements, for wrong places too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Response,
    Href,
    Status,
    Propstat,
    Prop,
    Error,
    Description,
    Location,
    SyncToken,
    Unknown,
}

use Part::{Description, Error, Href, Location, Prop, Propstat, Response, Status, SyncToken, Unknown};

const ANY: &[Part] =
    &[Response, Href, Status, Propstat, Prop, Error, Description, Location, SyncToken, Unknown];

/// The document that `bytes` choose.
pub(crate) fn document(bytes: &[u8]) -> Vec<u8> {
    let mut maker = Maker { bytes, out: String::new(), bound: Vec::new(), open: Vec::new() };
    maker.whole();
    let mut out = std::mem::take(&mut maker.out).into_bytes();
    // What is left of the choices goes into damage.
    if maker.below(6) == 5 {
        for _ in 0..=maker.below(3) {
            maker.damage(&mut out);
        }
    }
    out
}

struct Maker<'b> {
    bytes: &'b [u8],
    out: String,
    /// Prefixes and what they stand for, the innermost last.
    bound: Vec<(&'static str, &'static str)>,
    /// Names of the open elements as written, and bindings in force outside them.
    open: Vec<(String, usize)>,
}

impl Maker<'_> {
    /// 0 when there are no more choices.
    fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(*first)
    }

    fn below(&mut self, end: usize) -> usize {
        self.byte() % end
    }

    /// Once in so many times; never when there are no more choices.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A few of `from`, nearly always fewer than three.
    fn some(&mut self, from: &[&str], times: usize) {
        while self.once_in(times) {
            let piece = self.pick(from);
            self.out.push_str(piece);
        }
    }

    fn namespace(&self, prefix: &str) -> &'static str {
        self.bound.iter().rev().find(|(known, _)| *known == prefix).map_or("", |(_, namespace)| namespace)
    }

    fn blank(&mut self) {
        let blank = if self.once_in(6) { self.pick(&["\n", "\t", "  ", "\r\n "]) } else { " " };
        self.out.push_str(blank);
    }

    /// ` name="value"`, the value as it is written but for the quotes.
    fn attribute(&mut self, name: &str, value: &str) {
        self.blank();
        self.out.push_str(name);
        let equals = if self.once_in(8) { self.pick(&[" =", "= ", "\n=\t"]) } else { "=" };
        self.out.push_str(equals);
        let quote =
            if value.contains('"') || (self.once_in(3) && !value.contains('\'')) { '\'' } else { '"' };
        self.out.extend([quote]);
        self.out.push_str(value);
        self.out.extend([quote]);
    }

    fn declare(&mut self, prefix: &'static str, namespace: &'static str) {
        let spellings =
            NAMESPACES.iter().find(|(name, _)| *name == namespace).map_or(&[""][..], |(_, all)| all);
        let value = self.pick(spellings);
        let name = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        self.attribute(&name, value);
        self.bound.push((prefix, namespace));
    }

    /// A start tag, or an empty-element tag. What it declares is chosen first, so that its own prefix is known.
    fn tag(&mut self, namespace: &'static str, local: &str, is_empty: bool) {
        let outside = self.bound.len();
        let begins = self.out.len();
        let (mut declared, mut seen) = (Vec::new(), Vec::new());
        while self.once_in(8) {
            let prefix = self.pick(PREFIXES);
            let (name, _) = self.pick(NAMESPACES);
            // No prefix twice, and none is taken away.
            if !seen.contains(&prefix) && (prefix.is_empty() || !name.is_empty()) {
                seen.push(prefix);
                declared.push((prefix, name));
            }
        }
        for (prefix, name) in declared {
            self.declare(prefix, name);
        }
        let fitting: Vec<_> =
            PREFIXES.iter().copied().filter(|prefix| self.namespace(prefix) == namespace).collect();
        let fitting: Vec<_> =
            fitting.into_iter().filter(|prefix| prefix.is_empty() || !namespace.is_empty()).collect();
        let prefix = if fitting.is_empty() {
            let free: Vec<_> = PREFIXES
                .iter()
                .copied()
                .filter(|prefix| !seen.contains(prefix) && (prefix.is_empty() || !namespace.is_empty()))
                .collect();
            // Without one, the name is in another namespace than it should: that is a document, too.
            let prefix = if free.is_empty() { "" } else { self.pick(&free) };
            if !seen.contains(&prefix) {
                self.declare(prefix, namespace);
            }
            prefix
        } else {
            self.pick(&fitting)
        };
        self.attributes();
        let name = if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") };
        let attributes = self.out.split_off(begins);
        self.out.push('<');
        self.out.push_str(&name);
        self.out.push_str(&attributes);
        self.some(&[" ", "\n", "\r\n"], 12);
        self.out.push_str(if is_empty { "/>" } else { ">" });
        if is_empty {
            self.bound.truncate(outside);
        } else {
            self.open.push((name, outside));
        }
    }

    fn attributes(&mut self) {
        if !self.once_in(6) {
            return;
        }
        if self.once_in(3) {
            let lang = self.pick(&["en", "", "de-CH", " fr "]);
            self.attribute("xml:lang", lang);
        }
        let most = if self.once_in(8) { 14 } else { 3 };
        for number in 0..=self.below(most) {
            let local = self.pick(&["a", "b", "xmlnsx", "é", "content-type", "lang"]);
            let prefix = self.pick(PREFIXES);
            let is_bound = !prefix.is_empty() && !self.namespace(prefix).is_empty();
            // Names differ, but for a few that are to be found out.
            let number = if self.once_in(40) { String::new() } else { number.to_string() };
            let name =
                if is_bound { format!("{prefix}:{local}{number}") } else { format!("{local}{number}") };
            let value = self.pick(VALUES);
            self.attribute(&name, value);
        }
    }

    fn close(&mut self) {
        let (name, outside) = self.open.pop().expect("an element is open");
        self.bound.truncate(outside);
        self.out.push_str("</");
        self.out.push_str(&name);
        self.some(&[" ", "\n"], 12);
        self.out.push('>');
    }

    /// An element in `DAV:` or, rarely, in another namespace or other letters.
    fn structural(&mut self, local: &'static str, is_empty: bool) {
        let namespace = if self.once_in(120) { self.pick(NAMESPACES).0 } else { "DAV:" };
        let local = if self.once_in(200) { self.pick(NAMES) } else { local };
        self.tag(namespace, local, is_empty);
    }

    fn leaf(&mut self, local: &'static str, base: &[&str]) {
        self.structural(local, false);
        let base = self.pick(base);
        self.out.push_str(base);
        self.some(TEXTS, 8);
        if self.once_in(100) {
            self.value(1);
        }
        self.close();
    }

    fn whole(&mut self) {
        if self.once_in(3) {
            let declaration = self.pick(DECLARATIONS);
            self.out.push_str(declaration);
        }
        self.some(AROUND, 4);
        match self.once_in(12) {
            true => self.other_root(),
            false => {
                let is_empty = self.once_in(40);
                self.tag("DAV:", "multistatus", is_empty);
                if !is_empty {
                    self.children();
                    self.close();
                }
            }
        }
        self.some(AROUND, 4);
        if self.once_in(60) {
            self.out.push('x');
        }
    }

    fn other_root(&mut self) {
        let (namespace, local) = self.pick(ROOTS);
        self.tag(namespace, local, false);
        match local {
            "mkcol-response" | "mkcalendar-response" => {
                while self.below(4) > 0 {
                    self.some(BETWEEN, 5);
                    let part = if self.once_in(5) { self.pick(ANY) } else { Propstat };
                    self.part(part, 2);
                }
            }
            _ => self.values(0),
        }
        self.close();
    }

    fn children(&mut self) {
        while self.below(8) > 0 {
            self.some(BETWEEN, 5);
            let part = match self.below(12) {
                0..=7 => Response,
                8 => SyncToken,
                9 => self.pick(&[Href, Status, Propstat, Error, Location]),
                10 => Description,
                _ => self.pick(ANY),
            };
            self.part(part, 1);
        }
        self.some(BETWEEN, 5);
    }

    fn part(&mut self, part: Part, depth: usize) {
        match part {
            Response => self.response(depth),
            Href => self.leaf("href", HREFS),
            Status => self.leaf("status", STATUSES),
            Propstat => self.propstat(depth),
            Prop => self.prop(depth),
            Error => {
                self.structural("error", false);
                self.values(depth);
                self.close();
            }
            Description => {
                self.leaf("responsedescription", TEXTS);
                if self.once_in(10) {
                    // RFC 3253 section 1.6 has the conditions in there.
                    self.structural("responsedescription", false);
                    self.part(Error, depth + 1);
                    self.close();
                }
            }
            Location => {
                self.structural("location", false);
                for _ in 0..self.below(3) {
                    self.part(Href, depth + 1);
                }
                self.close();
            }
            SyncToken => self.leaf("sync-token", &["urn:1", "urn:2", "", " urn:1\n", "urn:1"]),
            Unknown => {
                let (namespace, local) = (self.pick(NAMESPACES).0, self.pick(NAMES));
                self.tag(namespace, local, false);
                self.values(depth);
                self.close();
            }
        }
    }

    fn response(&mut self, depth: usize) {
        self.structural("response", false);
        if !self.once_in(40) {
            self.part(Href, depth);
        }
        let mut left = 1 + self.below(4);
        while left > 0 {
            left -= 1;
            self.some(BETWEEN, 6);
            let part = match self.below(16) {
                0..=8 => Propstat,
                9 | 10 => Status,
                11 => Error,
                12 => Description,
                13 => Location,
                14 => Href,
                _ => self.pick(ANY),
            };
            if depth < 6 {
                self.part(part, depth + 1);
            }
        }
        self.some(BETWEEN, 6);
        self.close();
    }

    fn propstat(&mut self, depth: usize) {
        self.structural("propstat", false);
        self.some(BETWEEN, 8);
        if self.once_in(12) {
            self.part(Status, depth);
        }
        if !self.once_in(12) {
            self.prop(depth);
        }
        self.some(BETWEEN, 8);
        if !self.once_in(12) {
            self.part(Status, depth);
        }
        if self.once_in(8) && depth < 6 {
            let part = self.pick(ANY);
            self.part(part, depth + 1);
        }
        self.close();
    }

    fn prop(&mut self, depth: usize) {
        self.structural("prop", false);
        while self.below(4) > 0 {
            self.some(BETWEEN, 10);
            self.value(depth + 1);
        }
        self.close();
    }

    /// A property, or what is in one.
    fn value(&mut self, depth: usize) {
        if depth < 6 && self.once_in(12) {
            return self.response(depth + 1);
        }
        let namespace = if self.below(2) == 0 { "DAV:" } else { self.pick(NAMESPACES).0 };
        let local = self.pick(NAMES);
        let is_empty = self.once_in(4);
        self.tag(namespace, local, is_empty);
        if !is_empty {
            self.values(depth);
            self.close();
        }
    }

    /// Text and elements.
    fn values(&mut self, depth: usize) {
        self.some(TEXTS, 2);
        while depth < 12 && self.once_in(5) {
            self.value(depth + 1);
            self.some(TEXTS, 3);
        }
    }

    /// One byte or tag is lost, doubled or another; or the end is missing.
    fn damage(&mut self, out: &mut Vec<u8>) {
        if out.is_empty() {
            return;
        }
        let at = (self.byte() << 8 | self.byte()) % out.len();
        match self.below(9) {
            0 => _ = out.remove(at),
            1 => out.insert(at, out[at]),
            2 => out[at] ^= 1 << self.below(8),
            3 => out.truncate(at),
            4 => {
                let piece = self.pick(&[
                    "<",
                    ">",
                    "&",
                    "]]>",
                    "-->",
                    "<!--",
                    "\0",
                    "<![CDATA[",
                    "\u{FFFE}",
                    "?>",
                    "&#0;",
                    "&#xD800;",
                    "&nbsp;",
                    " <",
                    "</",
                    "/>",
                    "\"",
                    "'",
                    ":",
                    "x:",
                    "=",
                    "xmlns:q=\"\" ",
                    "<?xml?>",
                    "<a",
                    "\u{37E}",
                ]);
                out.splice(at..at, piece.bytes());
            }
            5 => {
                // The two names after here change places.
                let name = |from: usize| {
                    let start = from + out.get(from..)?.iter().position(|b| *b == b'<')? + 1;
                    let len = out[start..].iter().position(|b| matches!(b, b' ' | b'>' | b'/'))?;
                    Some(start..start + len)
                };
                if let Some((first, second)) =
                    name(at).and_then(|first| Some((first.clone(), name(first.end)?)))
                {
                    let (one, two) = (out[first.clone()].to_vec(), out[second.clone()].to_vec());
                    out.splice(second, one);
                    out.splice(first, two);
                }
            }
            6 => out[at] = self.byte() as u8,
            7 => {
                let end = (at + 1 + self.below(40)).min(out.len());
                out.drain(at..end);
            }
            _ => {
                let end = (at + 1 + self.below(40)).min(out.len());
                let piece = out[at..end].to_vec();
                out.splice(end..end, piece);
            }
        }
    }
}
