# noctis_precompile(TARGETS… HEADERS…): heavy headers, read once for all sources of a target. In the sanitizer builds
# alone: the release build finds the source that forgets an include.
function(noctis_precompile)
  cmake_parse_arguments(HEAVY "" "" "TARGETS;HEADERS" ${ARGN})
  if(NOCTIS_SANITIZE)
    foreach(target ${HEAVY_TARGETS})
      target_precompile_headers(${target} PRIVATE ${HEAVY_HEADERS})
      # Says before Boost.Test's header that it is the main one.
      get_target_property(directory ${target} SOURCE_DIR)
      set_source_files_properties(${directory}/main.cpp TARGET_DIRECTORY ${target}
                                  PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endforeach()
  endif()
endfunction()
