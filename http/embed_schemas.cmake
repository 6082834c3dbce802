# Writes OUTPUT, a C++ source that holds every document in DIRECTORY: cmake -D DIRECTORY=… -D OUTPUT=… -P this.
file(GLOB files ${DIRECTORY}/*.json)
list(SORT files)
set(texts "")
foreach(file ${files})
  file(READ ${file} text)
  string(APPEND texts "      R\"json(${text})json\",\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"http/api/schemas.hpp\"

namespace noctis {

const std::vector<const char*>& embedded_schemas() {
  static const std::vector<const char*> texts{
${texts}  };
  return texts;
}

} // namespace noctis
")
