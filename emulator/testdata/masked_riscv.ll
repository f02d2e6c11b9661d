source_filename = "masked"

declare i32 @runtime.semihost(i32, ptr)

define internal void @immediate() noinline {
  call void asm sideeffect "csrrci t0, mstatus, 8\0Anop\0Anop\0Acsrsi mstatus, 8", "~{x5},~{memory}"()
  ret void
}

define internal void @register() noinline {
  call void asm sideeffect "li t1, 8\0Acsrrc t0, mstatus, t1\0Anop\0Anop\0Acsrr t1, mstatus\0Acsrs mstatus, t0", "~{x5},~{x6},~{memory}"()
  ret void
}

define internal void @written() noinline {
  call void asm sideeffect "csrrci t0, mstatus, 8\0Anop\0Acsrw mstatus, t0", "~{x5},~{memory}"()
  ret void
}

define void @runtime.start() noreturn {
  %a = alloca [2 x i32], align 4
  %a1 = getelementptr i8, ptr %a, i32 4
  call void @immediate()
  call void @register()
  call void @register()
  call void @written()
  store i32 131110, ptr %a
  store i32 0, ptr %a1
  %n = call i32 @runtime.semihost(i32 32, ptr %a)
  br label %loop
loop:
  br label %loop
}

define void @runtime.fault(ptr %frame, i32 %cause) noreturn {
  br label %loop
loop:
  br label %loop
}
