/// How a resource stands to the one that was asked for, by their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HrefRelation {
    /// It is the one that was asked for, whatever slashes are at the end.
    Same,
    /// A member of it.
    Child,
    /// A member of a member, at any depth.
    Descendant,
    /// A collection it is in.
    Ancestor,
    /// Elsewhere on the server.
    Outside,
    /// On another host. What has a scheme other than HTTP's and no `//`, as `urn:uuid:77.vcf`, counts as the name of a
    /// member instead.
    OtherOrigin,
}

impl HrefRelation {
    /// Whether it is a member, at any depth.
    pub fn is_inside(self) -> bool {
        matches!(self, HrefRelation::Child | HrefRelation::Descendant)
    }

    /// Whether it is the resource or a member.
    pub(crate) fn is_found(self) -> bool {
        self == HrefRelation::Same || self.is_inside()
    }
}
