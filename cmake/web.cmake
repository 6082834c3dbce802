# The target `web`: the web application of http/viewer, built by npm into <build>/web, where noctisd looks for it.
set(viewer ${CMAKE_SOURCE_DIR}/http/viewer)
file(GLOB web_manifest CONFIGURE_DEPENDS ${viewer}/package.json)
if(web_manifest)
  file(GLOB web_files CONFIGURE_DEPENDS ${viewer}/*.json ${viewer}/*.ts ${viewer}/*.js)
  foreach(folder src public login worklist viewer reports admin)
    file(GLOB_RECURSE more CONFIGURE_DEPENDS ${viewer}/${folder}/*)
    list(APPEND web_files ${more})
  endforeach()
  set(web_out ${CMAKE_BINARY_DIR}/web)
  add_custom_command(OUTPUT ${web_out}/worklist/index.html
    COMMAND ${CMAKE_SOURCE_DIR}/scripts/build-web.sh ${web_out}
    DEPENDS ${web_files} ${CMAKE_SOURCE_DIR}/scripts/build-web.sh
    COMMENT "Building the web application" USES_TERMINAL VERBATIM)
  add_custom_target(web DEPENDS ${web_out}/worklist/index.html)
else()
  message(STATUS "http/viewer has no package.json: the web application is left out")
  add_custom_target(web)
endif()
