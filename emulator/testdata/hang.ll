source_filename = "hang"

define void @runtime.start() noreturn {
  br label %loop
loop:
  br label %loop
}

define void @runtime.fault(ptr %frame, i32 %ret, i32 %number) noreturn {
  br label %loop
loop:
  br label %loop
}
