source_filename = "masked"

declare i32 @runtime.semihost(i32, ptr)

; Four stretches from one place: of 3 instructions, of 6, one with a begin inside, one that the NMI interrupts.
define internal void @stretch(i32 %n) noinline {
  call void asm sideeffect "mov r1, #64\0Amsr basepri_max, r1\0A1:\0Asubs $0, $0, #1\0Abne 1b\0Amov r1, #0\0Amsr basepri, r1", "r,~{r1},~{cc},~{memory}"(i32 %n)
  ret void
}

define internal void @nested() noinline {
  call void asm sideeffect "cpsid i\0Anop\0Acpsid i\0Acpsie i\0Acpsie i", "~{memory}"()
  ret void
}

define internal void @interrupted() noinline {
  call void asm sideeffect "mrs r2, primask\0Acpsid i\0Astr $1, [$0]\0Aisb\0Anop\0Amsr primask, r2", "r,r,~{r2},~{memory}"(i32 -536810236, i32 -2147483648)
  ret void
}

define void @NMI_Handler() noinline {
  call void asm sideeffect "nop\0Anop\0Anop\0Anop", "~{memory}"()
  ret void
}

define void @runtime.start() noreturn {
  %a = alloca [2 x i32], align 4
  %a1 = getelementptr i8, ptr %a, i32 4
  call void @stretch(i32 1)
  call void @stretch(i32 3)
  call void @stretch(i32 2)
  call void @nested()
  call void @interrupted()
  store i32 131110, ptr %a
  store i32 0, ptr %a1
  %n = call i32 @runtime.semihost(i32 32, ptr %a)
  br label %loop
loop:
  br label %loop
}

define void @runtime.fault(ptr %frame, i32 %ret, i32 %number) noreturn {
  br label %loop
loop:
  br label %loop
}
