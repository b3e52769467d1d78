using Hearth.Silo;
using Hearth.Storage;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Operating;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Hearth.WebFrontend.Views;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddHearthHosting();
builder.AddHearthProblems();
builder.AddHearthKeys();
builder.AddStorage();
builder.AddHearthSilo();
builder.AddOperating();
builder.AddViewEndpoints();

var app = builder.Build();
app.UseHearthProblems();
app.UseMiddleware<RequestTargetMiddleware>();
app.UseRouting();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();
app.MapOperating();
app.MapViews();
return await app.RunHearth();
