source_filename = "lockup"

; Faults, and faults again in the handler.
define void @runtime.start() noreturn {
  call void asm sideeffect "udf #0", ""()
  unreachable
}

define void @runtime.fault(ptr %frame, i32 %ret, i32 %number) noreturn {
  call void asm sideeffect "udf #0", ""()
  unreachable
}
