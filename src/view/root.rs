use std::{borrow::Cow, fmt};

use super::{Conditions, Element, Frame, Name, Props, Propstats, Repairs, Tolerances};
use crate::notes::Notes;
use crate::parse::{Role, RootKind};

/// A root element other than multistatus, with everything in it. An error of SOGo has its text in [`Root::element`].
#[derive(Clone)]
pub struct Root<'a> {
    kind: RootKind,
    frame: Frame<'a>,
}

impl<'a> Root<'a> {
    /// Returns the kind of the root. The error of SOGo counts as an error, although it is in another namespace.
    pub fn kind(&self) -> RootKind {
        self.kind
    }

    /// Returns the conditions that were violated: the child elements of a root `DAV:error`, or of an `error` in any
    /// other root. A `DAV:responsedescription` is not a condition.
    pub fn conditions(&self) -> Conditions<'_, 'a> {
        match self.frame.node(0).is_some_and(|n| n.role == Role::Error) {
            true => Conditions::in_error(&self.frame, 0),
            false => Conditions::in_errors_of(&self.frame, 0),
        }
    }

    /// Returns the propstats of a `mkcol-response` or `mkcalendar-response`, in order. No other root has any.
    pub fn propstats(&self) -> Propstats<'_, 'a> {
        Propstats::of(&self.frame, 0, None)
    }

    /// Returns the properties of a root `DAV:prop`, the answer to a LOCK. Any other root has none: the propstats of the
    /// answer to MKCOL or MKCALENDAR hold names, not values.
    pub fn props(&self) -> Props<'_, 'a> {
        Props { frame: &self.frame, response: 0 }
    }

    /// Returns the description for a user, without white space around it. `None` if there is no description.
    pub fn description(&self) -> Option<Cow<'a, str>> {
        let (id, _) = self.frame.children(0).find(|(_, n)| n.role == Role::Description)?;
        Some(self.frame.trimmed(id))
    }

    /// Returns the root element. It gives access to what no other method returns, such as the responses to a scheduling
    /// request or the text of an error of SOGo.
    pub fn element(&self) -> Element<'_, 'a> {
        Element { frame: &self.frame, node: 0 }
    }

    /// Returns the expanded name of the root.
    pub fn name(&self) -> Name<'_> {
        self.element().name()
    }

    /// Makes a root that borrows nothing of the body, to keep it or to return it from the function that has the body.
    ///
    /// ```
    /// use multistatus::{Document, Error, Root};
    ///
    /// fn root_of(body: Vec<u8>) -> Result<Option<Root<'static>>, Error> {
    ///     Ok(match Document::new(&body)? {
    ///         Document::Other(root) => Some(root.into_owned()),
    ///         _ => None,
    ///     })
    /// }
    ///
    /// let body = b"<error xmlns='DAV:'><lock-token-submitted/></error>";
    /// let root = root_of(body.into())?.unwrap();
    /// assert_eq!(root.conditions().next().unwrap().name().local(), "lock-token-submitted");
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Root<'static> {
        Root { kind: self.kind, frame: self.frame.into_static() }
    }

    /// Returns the faults that were forgiven in the body.
    pub fn tolerated(&self) -> Tolerances {
        Tolerances(self.frame.about.notes.tolerated())
    }

    /// Returns the repairs that were made in the body.
    pub fn repaired(&self) -> Repairs {
        Repairs(self.frame.about.notes.repaired())
    }

    /// Makes a root. `notes` are those of the whole body.
    pub(crate) fn of_body(kind: RootKind, mut frame: Frame<'a>, notes: Notes) -> Self {
        frame.about.notes = notes;
        Root { kind, frame }
    }
}

/// Shows the name of the root, but no values.
impl fmt::Debug for Root<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Root").field(&self.name()).finish()
    }
}
