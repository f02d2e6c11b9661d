//go:build mote

package user

import "syscall"

// errNoUsers wraps errors.ErrUnsupported.
var errNoUsers error = syscall.ENOSYS

// A device has no users and groups to look up.

func lookupUser(username string) (*User, error) { return nil, UnknownUserError(username) }

func lookupUserId(uid string) (*User, error) { return nil, errNoUsers }

func lookupGroup(groupname string) (*Group, error) { return nil, UnknownGroupError(groupname) }

func lookupGroupId(gid string) (*Group, error) { return nil, UnknownGroupIdError(gid) }

func listGroups(u *User) ([]string, error) { return nil, errNoUsers }
