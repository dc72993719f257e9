/// Where a resource is, seen from the resource that was asked for. Their paths are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HrefRelation {
    /// The resource that was asked for. Slashes at the end do not count.
    Same,
    /// A member of the resource that was asked for.
    Child,
    /// A member of a member, or deeper.
    Descendant,
    /// A collection that contains the resource that was asked for.
    Ancestor,
    /// A resource elsewhere on the server that was asked.
    Outside,
    /// A resource on another host, or under a scheme other than HTTP, such as `ftp://dav.example/`. But if such an href
    /// has no `//`, as in `urn:uuid:77.vcf`, it is taken for the name of a member.
    OtherOrigin,
}

impl HrefRelation {
    /// Whether the resource is a member of the one that was asked for, at any depth.
    pub fn is_inside(self) -> bool {
        matches!(self, HrefRelation::Child | HrefRelation::Descendant)
    }

    /// Whether the resource is the one that was asked for, or a member of it at any depth.
    pub(crate) fn is_found(self) -> bool {
        self == HrefRelation::Same || self.is_inside()
    }
}
