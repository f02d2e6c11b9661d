package rtos

// VectorError is what SetVector returns when it has changed nothing.
type VectorError string

func (e VectorError) Error() string { return string(e) }

const (
	ErrVectorRange   VectorError = "rtos: SetVector: the board has no such interrupt"
	ErrVectorHandler VectorError = "rtos: SetVector: the handler is not a function of the program"
	ErrVectorTable   VectorError = "rtos: SetVector: the processor does not use the program's vector table"
)

// vectorErrors are in the order of the numbers of package runtime.
var vectorErrors = [...]error{ErrVectorRange, ErrVectorHandler, ErrVectorTable}
