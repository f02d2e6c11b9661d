//go:build mote

package net

import "context"

// cgoAvailable says that there is no resolver of the system: names are looked up by std's resolver in Go, which works over
// the connection that a program's Resolver.Dial makes.
const cgoAvailable = false

func (r *Resolver) lookupHost(ctx context.Context, host string) ([]string, error) {
	order, conf := systemConf().hostLookupOrder(r, host)
	return r.goLookupHostOrder(ctx, host, order, conf)
}

func (r *Resolver) lookupIP(ctx context.Context, network, host string) ([]IPAddr, error) {
	order, conf := systemConf().hostLookupOrder(r, host)
	addrs, _, err := r.goLookupIPCNAMEOrder(ctx, network, host, order, conf)
	return addrs, err
}

func (r *Resolver) lookupCNAME(ctx context.Context, name string) (string, error) {
	order, conf := systemConf().hostLookupOrder(r, name)
	return r.goLookupCNAME(ctx, name, order, conf)
}

func (r *Resolver) lookupAddr(ctx context.Context, addr string) ([]string, error) {
	order, conf := systemConf().addrLookupOrder(r, addr)
	return r.goLookupPTR(ctx, addr, order, conf)
}

func (r *Resolver) lookupSRV(ctx context.Context, service, proto, name string) (string, []*SRV, error) {
	return r.goLookupSRV(ctx, service, proto, name)
}

func (r *Resolver) lookupMX(ctx context.Context, name string) ([]*MX, error) {
	return r.goLookupMX(ctx, name)
}

func (r *Resolver) lookupNS(ctx context.Context, name string) ([]*NS, error) {
	return r.goLookupNS(ctx, name)
}

func (r *Resolver) lookupTXT(ctx context.Context, name string) ([]string, error) {
	return r.goLookupTXT(ctx, name)
}

// lookupPort and lookupProtocol know what is built in; there are no files of names.

func (r *Resolver) lookupPort(ctx context.Context, network, service string) (int, error) {
	return lookupPortMap(network, service)
}

func lookupProtocol(ctx context.Context, name string) (int, error) { return lookupProtocolMap(name) }

// concurrentThreadsLimit bounds lookups under way.
func concurrentThreadsLimit() int { return 4 }
