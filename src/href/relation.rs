/// Where a resource is, seen from the one that was asked for, by their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HrefRelation {
    /// It is the one that was asked for. Slashes at the end do not count.
    Same,
    /// A member of it.
    Child,
    /// A member of a member, at any depth.
    Descendant,
    /// A collection that contains it.
    Ancestor,
    /// Elsewhere on the server.
    Outside,
    /// On another host. An href with another scheme than HTTP and without `//`, such as `urn:uuid:77.vcf`, is not: it
    /// is taken for the name of a member.
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
