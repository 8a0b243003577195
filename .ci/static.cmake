# For a binary with the C library inside, compilers are given -static. HiGHS builds a small shared library beside the
# static one that is linked (nobody uses it here), and a shared library cannot be linked with that flag. It matters at
# linking alone, which is Rust's: so cmake does without it.
foreach(language C CXX)
  string(REGEX REPLACE "(^| )-static( |$)" " " CMAKE_${language}_FLAGS "${CMAKE_${language}_FLAGS}")
endforeach()
