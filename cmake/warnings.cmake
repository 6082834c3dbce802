add_library(noctis_options INTERFACE)
target_compile_options(noctis_options INTERFACE -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual
                                                -Wcast-align -Wnull-dereference -Werror)
if(NOCTIS_SANITIZE)
  # GCC's flow warnings misfire in instrumented code.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(noctis_options INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    add_compile_options(-fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/.ci/ubsan-ignore.txt)
  endif()
  # CAF's header makes a null reference where it spawns a function without arguments; address still finds their use.
  add_compile_options(-fsanitize=${NOCTIS_SANITIZE} -fno-sanitize=null -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${NOCTIS_SANITIZE})
endif()
