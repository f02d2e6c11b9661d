source_filename = "hello"

@tt = private unnamed_addr constant [4 x i8] c":tt\00"
@word = global i32 305419896, section ".data.ptr.word"
@zero = global i32 0
@out = private unnamed_addr constant [6 x i8] c"hello\0A"
@err = private unnamed_addr constant [5 x i8] c"oops\0A"

declare i32 @runtime.semihost(i32, ptr)

define internal void @write(i32 %mode, ptr %text, i32 %len) noinline {
  %a = alloca [3 x i32], align 4
  %a1 = getelementptr i8, ptr %a, i32 4
  %a2 = getelementptr i8, ptr %a, i32 8
  store ptr @tt, ptr %a
  store i32 %mode, ptr %a1
  store i32 3, ptr %a2
  %h = call i32 @runtime.semihost(i32 1, ptr %a)
  store i32 %h, ptr %a
  store ptr %text, ptr %a1
  store i32 %len, ptr %a2
  %n = call i32 @runtime.semihost(i32 5, ptr %a)
  ret void
}

define void @runtime.start() noreturn {
  call void @write(i32 4, ptr @out, i32 6)
  call void @write(i32 8, ptr @err, i32 5)
  %w = load volatile i32, ptr @word
  %z = load volatile i32, ptr @zero
  %ok1 = icmp eq i32 %w, 305419896
  %ok2 = icmp eq i32 %z, 0
  %ok = and i1 %ok1, %ok2
  %code = select i1 %ok, i32 7, i32 8
  %a = alloca [2 x i32], align 4
  %a1 = getelementptr i8, ptr %a, i32 4
  store i32 131110, ptr %a
  store i32 %code, ptr %a1
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
