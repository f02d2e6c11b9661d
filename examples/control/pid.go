package main

// controller is a PID controller with an output between 0 and 1.
type controller struct {
	p, i, d  float32 // gains: per °C, per °C and second, seconds per °C
	integral float32
	previous float32 // measured value, of which the derivative is taken: a new goal makes no jump
	begun    bool
}

// dt is the length of a round in seconds.
const dt = float32(period) / 1e9

// output is the power for the next round. The integral stops where the output is at its limit, so that it does not wind up.
func (c *controller) output(goal, measured float32) float32 {
	if !c.begun {
		c.previous, c.begun = measured, true
	}
	err := goal - measured
	slope := (measured - c.previous) / dt
	c.previous = measured
	out := c.p*err + c.integral + c.i*err*dt - c.d*slope
	if out > 0 && out < 1 {
		c.integral += c.i * err * dt
	}
	return min(max(out, 0), 1)
}

// heater is the simulated plant: a mass that is heated and loses heat to the room.
type heater struct {
	celsius float32
}

// Constants of the heater: °C per second at full power, and the part of the difference to the room that it loses in a second.
const (
	heating = 600
	loss    = 5
)

// step lets a round pass with this power.
func (h *heater) step(power float32) {
	h.celsius += (heating*power - loss*(h.celsius-ambient)) * dt
}
