//go:build mote

package runtime

import _ "unsafe" // for linkname

// Safety: reflect takes only the addresses of these two, to put them into func values that it makes and to recognise
// method values; the linknames give the addresses something to be the address of.

// reflectMakeFuncStub stands where reflect.MakeFunc's functions begin.
//
//go:linkname reflectMakeFuncStub reflect.makeFuncStub
func reflectMakeFuncStub() { throw("reflect.MakeFunc is not supported") }

// reflectMethodValueCall stands where method values made by reflection begin.
//
//go:linkname reflectMethodValueCall reflect.methodValueCall
func reflectMethodValueCall() { throw("reflect method values are not supported") }
