//! One start tag that is there whole: its name, its attributes and the namespaces it declares.
//!
//! quick-xml splits the attributes; every check is made here, because `quick_xml`'s own check for duplicates compares
//! names as written, and hashes them without a key.

use quick_xml::events::attributes::{AttrError, Attribute, Attributes};

use super::{
    chars::{self, Lexeme, seen},
    fault::{Fault, Problem},
    scope::{self, NamespaceId, Scopes},
    text,
};
use crate::{Limit, Options, Repair, Tolerance, options::Notes};

/// What a start tag says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StartTag {
    pub(crate) name: Lexeme,
    pub(crate) namespace: NamespaceId,
    /// Repaired: the name of the element or of an attribute holds a character that XML forbids.
    pub(crate) forbidden: bool,
    /// Repaired: an attribute holds an entity of HTML.
    pub(crate) html: bool,
    /// Bindings in force before the tag.
    pub(crate) outside: usize,
}

/// Where in the tag's content an attribute has its name.
#[derive(Clone, Copy, Debug)]
struct Spot {
    namespace: NamespaceId,
    start: usize,
    /// With an undeclared prefix, and in a declaration, the whole name counts.
    local: usize,
    end: usize,
}

/// Reads start tags. It keeps its list of attributes from tag to tag, so that it allocates once.
#[derive(Debug, Default)]
pub(crate) struct TagReader {
    spots: Vec<Spot>,
}

/// The name of an element at the start of `content`, with what [`Repair::ForbiddenCharacters`] lets pass.
pub(crate) fn element_name(content: &str, options: &Options) -> Option<(Lexeme, bool)> {
    let name = chars::name(content);
    let ends = |name: Lexeme| content.as_bytes().get(name.len).is_none_or(|&b| chars::is_space(b));
    if let Some(name) = name.filter(|name| ends(*name)) {
        return Some((name, false));
    }
    if !options.repairs().has(Repair::ForbiddenCharacters) {
        return None;
    }
    chars::damaged_name(content).filter(|name| ends(*name)).map(|name| (name, true))
}

impl TagReader {
    /// Reads the tag whose `content` lies between the brackets at `at` (that of `<`), without an ending `/`, and
    /// puts its declarations in force.
    pub(crate) fn read(
        &mut self,
        content: &str,
        at: usize,
        scopes: &mut Scopes,
        options: &Options,
        notes: &mut Notes,
    ) -> Result<StartTag, Fault> {
        let (name, forbidden) = element_name(content, options).ok_or(Fault::new(at, Problem::Name))?;
        if name.len > options.most(Limit::NameBytes) {
            return Err(Fault::new(at, Problem::Limit(Limit::NameBytes)));
        }
        let mut tag = StartTag {
            name,
            namespace: NamespaceId::UNDECLARED,
            forbidden,
            html: false,
            outside: scopes.len(),
        };
        if name.len < content.len() {
            self.attributes(content, &mut tag, scopes, options, notes)
                .map_err(|fault| fault.behind(at + 1))?;
        }
        tag.namespace = element_namespace(content, name, at, scopes)?;
        Ok(tag)
    }

    fn attributes(
        &mut self,
        content: &str,
        tag: &mut StartTag,
        scopes: &mut Scopes,
        options: &Options,
        notes: &mut Notes,
    ) -> Result<(), Fault> {
        self.spots.clear();
        let mut last = tag.name.len;
        let mut attributes = Attributes::new(content, tag.name.len);
        attributes.with_checks(false);
        for attribute in attributes {
            let attribute = attribute.map_err(syntax)?;
            let (start, key, value) = parts(content, &attribute)?;
            if self.spots.len() >= options.most(Limit::Attributes) {
                return Err(Fault::new(start, Problem::Limit(Limit::Attributes)));
            }
            if start == last {
                return Err(Fault::new(start, Problem::AttributeSpace));
            }
            let value_start = offset(content, value);
            last = value_start + value.len() + 1;
            let (name, damaged) = element_name(key, options)
                .filter(|(name, _)| name.len == key.len())
                .ok_or(Fault::new(start, Problem::AttributeName))?;
            tag.forbidden |= damaged;
            if name.len > options.most(Limit::NameBytes) {
                return Err(Fault::new(start, Problem::Limit(Limit::NameBytes)));
            }
            let flags = value_flags(value, options).map_err(|fault| fault.behind(value_start))?;
            tag.html |= flags & seen::HTML != 0;
            text::note_repairs(flags, notes);
            let declared = match key.strip_prefix("xmlns") {
                Some("") => Some(""),
                Some(rest) => rest.strip_prefix(':'),
                None => None,
            };
            if let Some(prefix) = declared {
                let uri = text::attribute(value, flags);
                if !scope::is_allowed(prefix, &uri) || !name.qualified {
                    return Err(Fault::new(start, Problem::ReservedPrefix));
                }
                if uri.is_empty() && !prefix.is_empty() {
                    tolerate(Tolerance::EmptyPrefixBinding, start, options, notes)?;
                }
                scopes.bind(prefix, &uri, start, options.most(Limit::Namespaces))?;
                self.spots.push(Spot {
                    namespace: NamespaceId::UNDECLARED,
                    start,
                    local: start,
                    end: start + key.len(),
                });
            } else {
                let local = if name.qualified { name.local } else { 0 };
                if !name.qualified {
                    tolerate(Tolerance::ColonInName, start, options, notes)?;
                }
                let spot = Spot {
                    namespace: NamespaceId::NONE,
                    start,
                    local: start + local,
                    end: start + key.len(),
                };
                self.spots.push(spot);
            }
        }
        self.resolve(content, scopes, options, notes)?;
        self.twice(content)
    }

    /// Namespaces of attributes, when all declarations of the tag are known.
    fn resolve(
        &mut self,
        content: &str,
        scopes: &Scopes,
        options: &Options,
        notes: &mut Notes,
    ) -> Result<(), Fault> {
        for spot in &mut self.spots {
            if spot.local == spot.start {
                continue;
            }
            let prefix = content.as_bytes().get(spot.start..spot.local - 1).unwrap_or_default();
            spot.namespace = scopes.attribute(prefix);
            if spot.namespace == NamespaceId::UNDECLARED {
                tolerate(Tolerance::UndeclaredPrefix, spot.start, options, notes)?;
                spot.local = spot.start;
            }
        }
        Ok(())
    }

    /// No attribute twice, by expanded name.
    fn twice(&mut self, content: &str) -> Result<(), Fault> {
        let name = |spot: &Spot| content.as_bytes().get(spot.local..spot.end).unwrap_or_default();
        let same = |a: &Spot, b: &Spot| a.namespace == b.namespace && name(a) == name(b);
        if self.spots.len() <= 8 {
            for (i, a) in self.spots.iter().enumerate() {
                if self.spots.iter().take(i).any(|b| same(a, b)) {
                    return Err(Fault::new(a.start, Problem::AttributeTwice));
                }
            }
            return Ok(());
        }
        self.spots.sort_unstable_by(|a, b| {
            name(a).cmp(name(b)).then(a.namespace.cmp(&b.namespace)).then(a.start.cmp(&b.start))
        });
        let twins = self.spots.windows(2).filter_map(|pair| match pair {
            [a, b] if same(a, b) => Some(b.start),
            _ => None,
        });
        match twins.min() {
            Some(start) => Err(Fault::new(start, Problem::AttributeTwice)),
            None => Ok(()),
        }
    }
}

/// The namespace of the element called `name` at the start of `content`.
#[inline]
pub(crate) fn element_namespace(
    content: &str,
    name: Lexeme,
    at: usize,
    scopes: &Scopes,
) -> Result<NamespaceId, Fault> {
    if !name.qualified {
        return Ok(NamespaceId::UNDECLARED);
    }
    let prefix = content.as_bytes().get(..name.local.saturating_sub(1)).unwrap_or_default();
    if prefix == b"xmlns" {
        return Err(Fault::new(at, Problem::ReservedPrefix));
    }
    Ok(scopes.element(prefix))
}

/// Forgives a fault of the XML, or refuses it.
pub(crate) fn tolerate(
    tolerance: Tolerance,
    at: usize,
    options: &Options,
    notes: &mut Notes,
) -> Result<(), Fault> {
    if options.is_refused(tolerance) {
        return Err(Fault::new(at, Problem::Refused(tolerance)));
    }
    notes.tolerate(tolerance);
    Ok(())
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

/// Checks an attribute's value and tells what is in it.
fn value_flags(value: &str, options: &Options) -> Result<u16, Fault> {
    let repairs = options.repairs();
    let (mut flags, mut p) = (0, 0);
    loop {
        // As if the data had begun at its end, so that `]]>` passes: it is forbidden in character data only.
        p = chars::text_end(value.as_bytes(), value.len(), p, repairs, &mut flags)?;
        match value.as_bytes().get(p) {
            None => return Ok(flags),
            // Nothing follows that could make it a reference.
            Some(b'&') if repairs.has(Repair::RawAmpersand) => {
                flags |= seen::REFERENCE | seen::AMPERSAND;
                p += 1;
            }
            Some(_) => return Err(Fault::new(p, Problem::AttributeValue)),
        }
    }
}

/// Where `part` begins in `whole`, of which it is a slice: quick-xml gives slices and keeps their places to itself.
pub(crate) fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

/// An attribute's place, name and value in `content`.
pub(crate) fn parts<'c>(
    content: &str,
    attribute: &Attribute<'c>,
) -> Result<(usize, &'c str, &'c str), Fault> {
    let key = attribute.key.into_inner();
    let start = offset(content, key);
    match attribute.value {
        std::borrow::Cow::Borrowed(value) => Ok((start, key, value)),
        // quick-xml says so of nothing it gives out; were it otherwise, places would be lost.
        std::borrow::Cow::Owned(_) => Err(Fault::new(start, Problem::AttributeSyntax)),
    }
}

/// All attributes of the tag at the start of `tag`, which was checked before: places, names and values.
pub(crate) fn attributes(tag: &str) -> impl Iterator<Item = (usize, &str, &str)> + Clone {
    let content = tag.strip_prefix('<').unwrap_or(tag);
    let content = content.strip_suffix('>').unwrap_or(content);
    let content = content.strip_suffix('/').unwrap_or(content);
    let name_len = content.bytes().position(chars::is_space).unwrap_or(content.len());
    let mut attributes = Attributes::new(content, name_len);
    attributes.with_checks(false);
    attributes.flatten().filter_map(move |a| parts(content, &a).ok())
}
