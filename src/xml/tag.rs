//! One start tag that is there whole: its name, its attributes and the namespaces it declares.
//!
//! quick-xml splits the attributes; every check is made here, because quick-xml's own check for duplicates compares
//! names as written, and hashes them without a key.

use std::borrow::Cow;

use quick_xml::events::attributes::{AttrError, Attribute, Attributes};

use super::{
    Fault, Leniency, Lexeme, Namespace, Place, Problem, Read, Scopes, Texts, decode, flag, is_space, name,
    reference, scope, text_scan, within,
};
use crate::{Limit, Options, Repair, Tolerance, text::slice};

/// What a start tag says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StartTag {
    pub(crate) name: Lexeme,
    pub(crate) namespace: Namespace,
    /// Where the `<` is: from the start of the window, and when the index takes the tag, from the start of the item.
    pub(crate) at: usize,
    /// The position after the `>`.
    pub(crate) end: usize,
    /// [`flag::EMPTY_TAG`], [`flag::DECLARES`], [`flag::LANGUAGE`]; [`flag::FORBIDDEN`] when a name was repaired.
    pub(crate) flags: u16,
    /// How many bindings are in force before the tag.
    pub(crate) outside: usize,
    /// How many bytes of decoded namespace names there are before the tag.
    pub(crate) decoded: usize,
}

impl StartTag {
    /// Makes the tag from `at` to `end` that is only a name.
    #[inline]
    pub(crate) fn plain(name: Lexeme, namespace: Namespace, at: usize, end: usize, scopes: &Scopes) -> Self {
        let flags = if end > at + "<>".len() + name.len { flag::EMPTY_TAG } else { 0 };
        StartTag { name, namespace, at, end, flags, outside: scopes.len(), decoded: scopes.decoded.len() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.flags & flag::EMPTY_TAG != 0
    }
}

/// A start tag in its window, and the texts that namespace names are in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TagSource<'w> {
    /// What is between the brackets, without a `/` at the end.
    pub(crate) content: &'w str,
    /// [`flag::EMPTY_TAG`] when there was a `/` at the end.
    pub(crate) flags: u16,
    /// Where the `<` is in the window.
    pub(crate) at: usize,
    /// The position after the `>`.
    pub(crate) end: usize,
    /// Where the text of [`TagSource::place`] begins in the window.
    pub(crate) origin: usize,
    /// Where the names that the tag declares are: [`Place::Head`] or [`Place::Text`].
    pub(crate) place: Place,
    /// `head` and `text` hold the namespace names that are in force before the tag.
    pub(crate) head: &'w str,
    pub(crate) text: &'w str,
}

/// Where the name of an attribute is in the content of its tag.
#[derive(Clone, Copy, Debug)]
struct AttributeSpan {
    namespace: Namespace,
    start: usize,
    /// Where the local name begins. With an undeclared prefix, and in a declaration, the whole name counts as local.
    local: usize,
    end: usize,
}

/// Reads start tags. It keeps its list of attributes from tag to tag, so that it allocates once.
#[derive(Debug, Default)]
pub(crate) struct TagReader {
    spans: Vec<AttributeSpan>,
}

/// Reads the name of an element at the start of `content`. `true`: [`Repair::ForbiddenCharacters`] was needed.
pub(crate) fn element_name(content: &str, options: &Options) -> Option<(Lexeme, bool)> {
    let name = name::name(content);
    let ends = |name: &Lexeme| content.as_bytes().get(name.len).is_none_or(|&b| is_space(b));
    if let Some(name) = name.filter(ends) {
        return Some((name, false));
    }
    if !options.repairs().has(Repair::ForbiddenCharacters) {
        return None;
    }
    name::damaged_name(content).filter(ends).map(|name| (name, true))
}

impl<'w> TagSource<'w> {
    /// Makes the source of the tag from `at` to `end`; `place` begins at `origin`, `head` is the root's start tag.
    pub(crate) fn new(
        window: &'w str,
        head: &'w str,
        at: usize,
        end: usize,
        place: Place,
        origin: usize,
    ) -> Self {
        let inside = slice(window, at + 1..end - 1);
        let (content, flags) = match inside.strip_suffix('/') {
            Some(content) => (content, flag::EMPTY_TAG),
            None => (inside, 0),
        };
        TagSource { content, flags, at, end, origin, place, head, text: slice(window, origin..) }
    }
}

impl TagReader {
    /// Reads a tag and puts its declarations in force.
    pub(crate) fn read(
        &mut self,
        source: &TagSource<'_>,
        scopes: &mut Scopes,
        leniency: &mut Leniency<'_>,
    ) -> Read<StartTag> {
        let (at, options) = (source.at, leniency.options);
        let (name, forbidden) = element_name(source.content, options).ok_or(Fault::new(at, Problem::Name))?;
        within(Limit::NameBytes, name.len, at, options)?;
        let mut tag = StartTag::plain(name, Namespace::UNDECLARED, at, source.end, scopes);
        tag.flags = source.flags | if forbidden { flag::FORBIDDEN } else { 0 };
        if name.len < source.content.len() {
            self.attributes(source, &mut tag, scopes, leniency).map_err(|fault| fault.moved(at + 1))?;
        }
        if tag.flags & flag::FORBIDDEN != 0 {
            leniency.notes.repair(Repair::ForbiddenCharacters);
        }
        tag.namespace = element_namespace(source.content, name, at, scopes)?;
        Ok(tag)
    }

    fn attributes(
        &mut self,
        source: &TagSource<'_>,
        tag: &mut StartTag,
        scopes: &mut Scopes,
        leniency: &mut Leniency<'_>,
    ) -> Read<()> {
        self.spans.clear();
        let (content, options) = (source.content, leniency.options);
        let mut last = tag.name.len;
        let mut attributes = Attributes::new(content, tag.name.len);
        attributes.with_checks(false);
        for attribute in attributes {
            let attribute = attribute.map_err(syntax)?;
            let (start, key, value) = parts(content, &attribute)?;
            within(Limit::Attributes, self.spans.len() + 1, start, options)?;
            if start == last {
                return Err(Fault::new(start, Problem::AttributeSpace));
            }
            let value_start = offset(content, value);
            last = value_start + value.len() + 1;
            let (name, damaged) = element_name(key, options)
                .filter(|(name, _)| name.len == key.len())
                .ok_or(Fault::new(start, Problem::AttributeName))?;
            if damaged {
                tag.flags |= flag::FORBIDDEN;
            }
            within(Limit::NameBytes, name.len, start, options)?;
            let flags = value_flags(value, options).map_err(|fault| fault.moved(value_start))?;
            decode::note_repairs(flags, leniency.notes);
            let mut span =
                AttributeSpan { namespace: Namespace::NONE, start, local: start, end: start + key.len() };
            if let Some(prefix) = declared_prefix(key) {
                let uri = decode::attribute(value, options.repairs());
                within(Limit::NamespaceBytes, uri.len(), start, options)?;
                if !scope::is_allowed(prefix, &uri) || !name.qualified {
                    return Err(Fault::new(start, Problem::ReservedPrefix));
                }
                if uri.is_empty() && !prefix.is_empty() {
                    leniency.forgive(Tolerance::EmptyPrefixBinding, start)?;
                }
                let is_verbatim = matches!(uri, Cow::Borrowed(_));
                let verbatim = is_verbatim.then_some(value_start);
                let namespace = declared(source, prefix, &uri, verbatim, scopes);
                scopes.bind(prefix, namespace, start, options.most(Limit::Namespaces))?;
                span.namespace = Namespace::UNDECLARED;
                tag.flags |= flag::DECLARES;
            } else if name.qualified {
                span.local += name.local;
                if key == LANGUAGE {
                    tag.flags |= flag::LANGUAGE;
                }
            } else {
                // The name has no namespace: it is compared as sent.
                leniency.forgive(Tolerance::ColonInName, start)?;
                span.namespace = Namespace::UNDECLARED;
            }
            self.spans.push(span);
        }
        self.resolve(content, scopes, leniency)?;
        self.twice(source, scopes)
    }

    /// Finds the namespaces of the attributes, after all declarations of the tag are known.
    fn resolve(&mut self, content: &str, scopes: &Scopes, leniency: &mut Leniency<'_>) -> Read<()> {
        for span in &mut self.spans {
            if span.local == span.start {
                continue;
            }
            let prefix = content.as_bytes().get(span.start..span.local - 1).unwrap_or_default();
            span.namespace = scopes.element(prefix);
            if span.namespace.is_undeclared() {
                leniency.forgive(Tolerance::UndeclaredPrefix, span.start)?;
                span.local = span.start;
            }
        }
        Ok(())
    }

    /// Refuses two attributes with the same expanded name. Undeclared prefixes and declarations are compared as sent.
    fn twice(&mut self, source: &TagSource<'_>, scopes: &Scopes) -> Read<()> {
        let texts = Texts { head: source.head, text: source.text, decoded: &scopes.decoded };
        let name =
            |span: &AttributeSpan| source.content.as_bytes().get(span.local..span.end).unwrap_or_default();
        let same = |a: &AttributeSpan, b: &AttributeSpan| {
            let both_as_written = a.namespace.is_undeclared() && b.namespace.is_undeclared();
            name(a) == name(b) && (both_as_written || a.namespace.is_same(b.namespace, &texts))
        };
        if self.spans.len() <= 8 {
            for (i, a) in self.spans.iter().enumerate() {
                if self.spans.iter().take(i).any(|b| same(a, b)) {
                    return Err(Fault::new(a.start, Problem::AttributeTwice));
                }
            }
            return Ok(());
        }
        // After the sort, equal names are side by side, in the order of the tag.
        let namespace = |span: &AttributeSpan| (span.namespace.is_undeclared(), span.namespace.name(&texts));
        self.spans.sort_unstable_by(|a, b| {
            name(a).cmp(name(b)).then_with(|| namespace(a).cmp(&namespace(b))).then(a.start.cmp(&b.start))
        });
        let twins = self.spans.windows(2).filter_map(|pair| match pair {
            [a, b] if same(a, b) => Some(b.start),
            _ => None,
        });
        match twins.min() {
            Some(start) => Err(Fault::new(start, Problem::AttributeTwice)),
            None => Ok(()),
        }
    }
}

/// Returns the namespace that a declaration names: a name at `verbatim` in the tag's content, or a decoded one.
fn declared(
    source: &TagSource<'_>,
    prefix: &str,
    uri: &str,
    verbatim: Option<usize>,
    scopes: &mut Scopes,
) -> Namespace {
    if let Some(known) = Namespace::known(uri) {
        // `xmlns=""` takes the default namespace away; `xmlns:p=""` leaves `p` undeclared.
        return if uri.is_empty() && !prefix.is_empty() { Namespace::UNDECLARED } else { known };
    }
    match verbatim {
        Some(start) => Namespace::at(source.place, source.at + 1 + start - source.origin, uri.len()),
        None => {
            scopes.decoded.push_str(uri);
            Namespace::at(Place::Decoded, scopes.decoded.len() - uri.len(), uri.len())
        }
    }
}

/// Returns the namespace of the element called `name` at the start of `content`.
#[inline]
pub(crate) fn element_namespace(content: &str, name: Lexeme, at: usize, scopes: &Scopes) -> Read<Namespace> {
    if !name.qualified {
        return Ok(Namespace::UNDECLARED);
    }
    let prefix = content.as_bytes().get(..name.local.saturating_sub(1)).unwrap_or_default();
    if prefix == b"xmlns" {
        return Err(Fault::new(at, Problem::ReservedPrefix));
    }
    Ok(scopes.element(prefix))
}

fn syntax(error: AttrError) -> Fault {
    let at = match error {
        AttrError::ExpectedEq(at)
        | AttrError::ExpectedValue(at)
        | AttrError::UnquotedValue(at)
        | AttrError::ExpectedQuote(at, _)
        | AttrError::Duplicated(at, _) => at,
    };
    Fault::new(at, Problem::AttributeSyntax)
}

/// Checks an attribute's value. Returns its flags.
fn value_flags(value: &str, options: &Options) -> Read<u16> {
    let repairs = options.repairs();
    let (d, mut flags, mut p) = (value.as_bytes(), 0, 0);
    loop {
        // `]]>` is forbidden only in character data. With the end of the value as `from`, `text_end` lets it pass.
        p = text_scan::text_end(d, value.len(), p, repairs, &mut flags)?;
        match d.get(p) {
            None => return Ok(flags),
            // The value ends inside a reference, or after one half of a surrogate pair.
            Some(b'&') => match reference::resolve(d, p, repairs, true) {
                Ok(Some(resolved)) => {
                    flags |= flag::REFERENCE | resolved.flag;
                    p = resolved.next;
                }
                Err(problem @ Problem::CharacterReference) => return Err(Fault::new(p, problem)),
                _ => return Err(Fault::new(p, Problem::AttributeValue)),
            },
            Some(_) => return Err(Fault::new(p, Problem::AttributeValue)),
        }
    }
}

/// The attribute that says which language a text is in (XML 1.0 section 2.12). No other prefix is possible.
pub(crate) const LANGUAGE: &str = "xml:lang";

/// Returns prefix and local name in the name of an attribute, which was checked before. The prefix is empty without a
/// colon. `None` for a name with a colon where a qualified name has no colon, such as `:a`, `a:` or `xml:a:b`.
pub(crate) fn split_name(key: &str) -> Option<(&str, &str)> {
    match name::name(key)? {
        Lexeme { qualified: false, .. } => None,
        Lexeme { local: 0, .. } => Some(("", key)),
        Lexeme { local, .. } => Some((key.get(..local - 1)?, key.get(local..)?)),
    }
}

/// Returns the prefix that the attribute `key` declares, if it declares one; empty for the default namespace.
pub(crate) fn declared_prefix(key: &str) -> Option<&str> {
    match key.strip_prefix("xmlns")? {
        "" => Some(""),
        rest => rest.strip_prefix(':'),
    }
}

/// Returns where `part`, a slice of `whole`, begins in `whole`. quick-xml gives slices without their places.
pub(crate) fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

/// Returns the place, the name and the value of an attribute in `content`.
pub(crate) fn parts<'c>(content: &str, attribute: &Attribute<'c>) -> Read<(usize, &'c str, &'c str)> {
    let key = attribute.key.into_inner();
    let start = offset(content, key);
    match attribute.value {
        Cow::Borrowed(value) => Ok((start, key, value)),
        // quick-xml never gives an owned value here. If it did, its place would be lost.
        Cow::Owned(_) => Err(Fault::new(start, Problem::AttributeSyntax)),
    }
}

/// Returns all attributes of a tag that was checked before: names and values as sent.
pub(crate) fn attributes(tag: &str) -> TagAttributes<'_> {
    let content = tag.strip_prefix('<').unwrap_or(tag);
    let content = content.strip_suffix('>').unwrap_or(content);
    let content = content.strip_suffix('/').unwrap_or(content);
    let name_len = content.bytes().position(is_space).unwrap_or(content.len());
    let mut attributes = Attributes::new(content, name_len);
    attributes.with_checks(false);
    TagAttributes { content, attributes }
}

/// The iterator that [`attributes`] returns.
#[derive(Clone, Debug)]
pub(crate) struct TagAttributes<'t> {
    content: &'t str,
    attributes: Attributes<'t>,
}

impl<'t> Iterator for TagAttributes<'t> {
    type Item = (&'t str, &'t str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Ok(attribute) = self.attributes.next()? else { continue };
            if let Ok((_, key, value)) = parts(self.content, &attribute) {
                return Some((key, value));
            }
        }
    }
}
