# Writes OUTPUT, a C++ source that holds every migration in DIRECTORY: cmake -D DIRECTORY=… -D OUTPUT=… -P this.
file(GLOB files ${DIRECTORY}/*.sql)
list(SORT files)
set(rows "")
set(position 0)
foreach(file ${files})
  math(EXPR position "${position} + 1")
  get_filename_component(name ${file} NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9]+_[a-z0-9_]+)$")
    message(FATAL_ERROR "${name}: a migration is named NNNN_verb_noun.sql")
  endif()
  string(REGEX REPLACE "^0+" "" version "${CMAKE_MATCH_1}")
  if(NOT version EQUAL position)
    message(FATAL_ERROR "${name}: expected the number ${position}, since migrations are numbered without gaps")
  endif()
  file(READ ${file} text)
  string(APPEND rows "      {${version}, \"${CMAKE_MATCH_2}\", R\"sql(${text})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"schema/migrator.hpp\"

namespace noctis::schema {

const std::vector<migration>& embedded_migrations() {
  static const std::vector<migration> migrations{
${rows}  };
  return migrations;
}

} // namespace noctis::schema
")
