# noctis_room(NAME [SOURCES …] [USES …] [PRIVATE …]): one room of the house as a static library noctis_NAME.
# USES are libraries that show in the room's headers, PRIVATE those that only its sources see.
function(noctis_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;PRIVATE" ${ARGN})
  add_library(noctis_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(noctis_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(noctis_${name} PUBLIC ${ROOM_USES} PRIVATE noctis_options ${ROOM_PRIVATE})
endfunction()
